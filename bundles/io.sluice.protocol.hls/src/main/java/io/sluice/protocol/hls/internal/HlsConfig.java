package io.sluice.protocol.hls.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

@ObjectClassDefinition(name = "Sluice HLS", description = "HTTP Live Streaming with MPEG-TS segments. How long segments are is said by the streams' configuration.")
@interface HlsConfig {
    String PID = "io.sluice.protocol.hls";

    @AttributeDefinition(name = "Wait for the first segment (ms)",
        description = "How long the first request for a playlist waits until a segment is finished, in milliseconds; after that it is answered with 404.")
    int waitMillis() default 10_000;

    @AttributeDefinition(name = "Longest segment (ms)",
        description = "A first segment without a second key frame is split after this much media, in milliseconds; later ones are split at the target duration.")
    int maxSegmentMillis() default 60_000;

    @AttributeDefinition(name = "Largest segment (MiB)",
        description = "A segment is split before it gets larger, in mebibytes. 64 MiB are a minute at 9 Mbit/s, or 5 seconds at 100 Mbit/s.")
    int maxSegmentMebibytes() default 64;

    @AttributeDefinition(name = "Segments in caches (s)", description = "How long browsers and proxies may keep a segment, in seconds; its bytes never change.")
    int segmentMaxAgeSeconds() default 60;
}

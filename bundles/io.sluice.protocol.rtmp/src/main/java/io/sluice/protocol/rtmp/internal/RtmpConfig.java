package io.sluice.protocol.rtmp.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** Configuration of RTMP. New connections use it at once; the throttle also those that are open. */
@ObjectClassDefinition(id = RtmpConfig.PID, name = "Sluice RTMP", description = "Publishing and playing by RTMP. Ports are set at the listeners.")
@interface RtmpConfig {
    String PID = "io.sluice.protocol.rtmp";

    @AttributeDefinition(name = "Accepts", description = "What peers may do: 0 publish and play, 1 play only, 2 publish only. Default 0.",
        options = {@Option(label = "Publish and play", value = "0"), @Option(label = "Play only", value = "1"), @Option(label = "Publish only", value = "2")})
    int acceptable() default 0;

    @AttributeDefinition(name = "Intake limit (kbit/s)",
        description = "A publisher that sends faster is read more slowly, so that it slows down itself. Kilobits per second for each publisher, 0 for no limit. Default 0.")
    int maxKbps() default 0;

    @AttributeDefinition(name = "Chunk size (bytes)",
        description = "Size of the chunks that players get, 128 to 65536 bytes; 0 for what this version thinks best. Default 0.")
    int chunkSizeBytes() default 0;

    @AttributeDefinition(name = "Largest message (bytes)",
        description = "A publisher that sends a larger message is disconnected. Bytes, 65536 to 16777215. Default 8388608, a key frame of two seconds' worth at 32 Mbit/s.")
    int maxMessageBytes() default 8 << 20;

    @AttributeDefinition(name = "Time to begin (seconds)",
        description = "A peer that neither publishes nor plays for so long is disconnected. Seconds, 1 or more. Default 30.")
    int idleSeconds() default 30;
}

package io.sluice.streams.internal;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One configured stream: a factory configuration becomes one of these, and {@link StreamsComponent} collects them. */
@Component(service = StreamConfiguration.class, configurationPid = "io.sluice.streams.stream", configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = StreamConfiguration.Config.class, factory = true)
public final class StreamConfiguration {
    @ObjectClassDefinition(name = "Sluice: stream", description = "A stream, or all streams whose name a pattern matches. A change does not disturb who publishes or watches.")
    @interface Config {
        @AttributeDefinition(name = "Name", description = "Of the stream (a-z 0-9 _ . -), or a pattern such as cam-* or *. Name+anything uses the configuration of name.")
        String name();

        @AttributeDefinition(name = "Source", description = "push://[allowed addresses][@password] waits for a publisher; anything else, such as file:/srv/clip.mp4?loop=true, is pulled while it is needed.")
        String source() default "push://";

        @AttributeDefinition(name = "Always on", description = "Pull the source even while nobody watches.")
        boolean alwaysOn() default false;

        @AttributeDefinition(name = "Fallback stream", description = "What viewers get when this stream is offline; followed recursively.")
        String fallback() default "";

        @AttributeDefinition(name = "Buffer time", description = "Media that is kept, in milliseconds.")
        long bufferMillis() default 50000;

        @AttributeDefinition(name = "Buffer size", description = "Media that is kept at most, in megabytes; also how much muxed media a slow viewer may lag.")
        long bufferMegabytes() default 128;

        @AttributeDefinition(name = "Grace time", description = "How long viewers keep their place when the publisher is gone, in milliseconds.")
        long graceMillis() default 10000;

        @AttributeDefinition(name = "Resume", description = "A publisher that returns within the grace time continues the stream and its timeline; without this, viewers are ended when it goes.")
        boolean resume() default true;

        @AttributeDefinition(name = "Cut", description = "Media to discard after each start of a publisher, in milliseconds.")
        long cutMillis() default 0;

        @AttributeDefinition(name = "Segment time", description = "A segment ends at the first key frame after this, in milliseconds.")
        long segmentMillis() default 1900;

        @AttributeDefinition(name = "Segments", description = "How many segments are listed.")
        int segmentCount() default 6;

        @AttributeDefinition(name = "Viewers at most", description = "Readers of this stream; 0 for no limit.")
        int maxViewers() default 0;

        // one picture of 25 a second
        @AttributeDefinition(name = "Merge", description = "Sound waits so long for the next picture and is sent with it, in milliseconds: far fewer and larger writes. 0 sends each frame at once.")
        long mergeMillis() default 40;

        @AttributeDefinition(name = "Publish keys", description = "Any of these lets a publisher in; empty: the global publish key does.")
        String[] publishKeys() default {};
    }

    private volatile StreamConfig config;

    @Activate
    @Modified
    void configured(Config configured) {
        config = StreamConfig.of(configured);
    }

    StreamConfig config() {
        return config;
    }
}

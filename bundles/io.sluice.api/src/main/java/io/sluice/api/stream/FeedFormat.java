package io.sluice.api.stream;

import org.osgi.annotation.versioning.ConsumerType;

/** A muxed form in which many viewers read one stream: muxed once for each stream and each object of this type that equals another. */
@ConsumerType
public interface FeedFormat {
    /** The form's name, the same in every version of the plugin: "rtmp". */
    String name();

    /** A muxer for one stream; called on the stream's thread. */
    Muxer open();
}

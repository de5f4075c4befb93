package io.sluice.api.stream;

import io.sluice.api.media.Codec;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A muxed form in which many viewers read one stream: muxed once for each stream and each object of this type that equals another. */
@ConsumerType
public interface FeedFormat {
    /** The form's name, the same in every version of the plugin: "rtmp". */
    String name();

    /** A muxer for one stream; called on the stream's thread. */
    Muxer open();

    /**
     * Whether the bytes of successive frames may be handed to viewers as one buffer, which costs them one write instead of several. True for a form that is a
     * stream of bytes, as RTMP's; false where each buffer is a message or a datagram of its own.
     */
    default boolean joins() {
        return false;
    }

    /**
     * Codecs that this form carries. Where the stream has a track of another one, and a {@link io.sluice.api.process.StreamProcess} makes one of these of it, the form is given that
     * one instead, by the same id; what nobody can make is left out, so all frames that come are of these codecs. Empty: the form takes the stream as it was published.
     * The same for two objects that equal each other.
     */
    default Set<Codec> carries() {
        return Set.of();
    }
}

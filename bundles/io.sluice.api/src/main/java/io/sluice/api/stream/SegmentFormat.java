package io.sluice.api.stream;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Snapshot;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/** A segmented form of a stream. Registered as a service whose sluice.name is the form: "hls". */
@ConsumerType
public interface SegmentFormat {
    /**
     * A segmenter for one stream; called on the stream's thread.
     *
     * @param targetNanos a segment ends at the first key frame after this much media
     * @param before      what the segmenter before left, of this or another version, or null for a new stream
     * @throws IllegalArgumentException when {@code before} cannot be read: the old version goes on
     */
    Segmenter open(long targetNanos, Snapshot before);

    /** Which of these tracks this form cannot carry, in words for people, such as "AV1 video cannot travel in MPEG-TS"; "" when it carries all. */
    String problem(Tracks tracks);

    /**
     * Codecs for which nothing else needs to be made. Where a stream has a track of another one, and a {@link io.sluice.api.process.StreamProcess} makes one of these of it, the
     * form is given that one instead, from its beginning until nobody asks for it any more. Empty: the form takes the stream as it was published.
     */
    default Set<Codec> carries() {
        return Set.of();
    }
}

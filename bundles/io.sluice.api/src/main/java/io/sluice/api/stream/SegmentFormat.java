package io.sluice.api.stream;

import io.sluice.api.media.Tracks;
import io.sluice.api.net.Snapshot;
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
}

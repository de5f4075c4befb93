package io.sluice.api.stream;

import io.sluice.api.media.Frame;
import io.sluice.api.net.Snapshot;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/** Cuts one stream into segments; one thread at a time, the stream's. One segmenter writes at any moment. */
@ConsumerType
public interface Segmenter {
    /** Takes the next frame; hands over each segment that this completes, with its data. Starts with a key frame of video where there is video. */
    void write(Frame frame, Consumer<Segment> finished);

    /**
     * Closes the open segment and ends this segmenter. The core calls it at a key frame (before that frame is written) to put another version in place, and when the
     * stream ends.
     *
     * @return what the next one goes on from: sequence and discontinuity numbers, continuity counters
     */
    Snapshot finish(Consumer<Segment> finished);
}

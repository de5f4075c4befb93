package io.sluice.streams.internal.feed;

import io.sluice.api.stream.ReadFrom;
import io.sluice.streams.internal.media.Ring;

/** Where a reader of frames begins. Asked at the stream's home: at once, and then with each new frame until it knows. */
@FunctionalInterface
public interface FrameStart {
    /** Its time has not come. */
    long LATER = -1;

    /** The number of the frame to begin with, the next to come included; {@link #LATER} to be asked again. */
    long find(Ring ring);

    static FrameStart of(ReadFrom from) {
        if (from.equals(ReadFrom.LIVE)) {
            return Ring::joinPoint;
        }
        if (from.equals(ReadFrom.OLDEST)) {
            return ring -> ring.keyAtOrAfter(ring.first());
        }
        return at(from.nanos());
    }

    /** The key frame at this time or before, once it has come. */
    static FrameStart at(long nanos) {
        return ring -> ring.newest() == null || ring.newest().dtsNanos() < nanos ? LATER : ring.keyNotAfter(nanos);
    }
}

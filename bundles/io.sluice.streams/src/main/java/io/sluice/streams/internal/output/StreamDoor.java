package io.sluice.streams.internal.output;

import io.sluice.api.stream.Denied;
import io.sluice.api.stream.StreamInfo;
import io.sluice.streams.internal.feed.FrameCursor;
import io.sluice.streams.internal.feed.FrameStart;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** The way of pushes to streams. From any thread. */
public interface StreamDoor {
    /**
     * Lets a push in as a viewer is let in: a source that is not there is started, the first key frame is waited for. The answer comes on any thread.
     *
     * @param stream after the naming rule
     */
    void enter(String stream, Consumer<Entered> yes, Consumer<Denied> no);

    /** Where the stream's media comes from as configured, or "". */
    String source(String stream);

    /** A push that is in; its stream stays for it. */
    interface Entered {
        StreamInfo info();

        /** Media that the buffer is to hold. */
        long bufferMillis();

        /** Counts the frames that readers of this stream missed. */
        LongAdder skipped();

        void join(FrameCursor cursor, FrameStart start);

        /** Gives up the place. @param visit what it came to */
        void leave(CountedVisit visit);
    }
}

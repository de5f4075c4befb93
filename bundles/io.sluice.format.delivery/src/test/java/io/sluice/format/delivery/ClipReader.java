package io.sluice.format.delivery;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segments;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/** Hands out frames as fast as they are taken. */
public final class ClipReader implements Reader {
    private final Queue<Frame> frames;
    private final boolean ends;
    public volatile int taken;
    public volatile Consumer<String> onEnd = reason -> { };

    /** @param ends the stream ends after the last frame; else it stalls there */
    public ClipReader(Clip clip, boolean ends) {
        frames = new ArrayDeque<>(clip.frames);
        this.ends = ends;
    }

    @Override
    public void frames(ReadFrom from, Runnable readable) {
        // all is there
    }

    @Override
    public Frame nextFrame() {
        Frame frame = frames.poll();
        if (frame != null) {
            taken++;
            frame.payload().retain();
        }
        return frame;
    }

    @Override
    public boolean ended() {
        return ends && frames.isEmpty();
    }

    @Override
    public String stream() {
        return "clip";
    }

    @Override
    public String links() {
        return "";
    }

    @Override
    public void open(FeedFormat format, Runnable readable) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuf next() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String endReason() {
        return "the clip is over";
    }

    @Override
    public void onEnd(Consumer<String> reason) {
        onEnd = reason;
    }

    @Override
    public Segments segments(String form) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Handle handle() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        frames.clear();
    }
}

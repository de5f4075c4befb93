package io.sluice.target.file.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segments;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A reader of frames that the test puts there. It forgets what is older than its window, as a stream does, and goes on at the next key frame. */
final class Tape implements Reader {
    private final Executor loop;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long windowNanos = Long.MAX_VALUE;
    private Runnable readable;
    private boolean ended;
    private boolean behind;
    long skipped;

    Tape(Executor loop) {
        this.loop = loop;
    }

    Tape window(long nanos) {
        windowNanos = nanos;
        return this;
    }

    /** From any thread. */
    void put(List<Frame> more) {
        loop.execute(() -> {
            boolean idle = frames.isEmpty();
            frames.addAll(more);
            long newest = frames.isEmpty() ? 0 : frames.getLast().dtsNanos();
            while (!frames.isEmpty() && newest - frames.getFirst().dtsNanos() > windowNanos) {
                drop();
                behind = true;
            }
            while (behind && !frames.isEmpty() && !(frames.getFirst().isVideo() && frames.getFirst().key())) {
                drop();
            }
            behind = false;
            if (idle && readable != null) {
                readable.run();
            }
        });
    }

    private void drop() {
        frames.removeFirst().payload().release();
        skipped++;
    }

    void end() {
        loop.execute(() -> {
            ended = true;
            if (readable != null) {
                readable.run();
            }
        });
    }

    @Override
    public String stream() {
        return "show";
    }

    @Override
    public void frames(ReadFrom from, Runnable call) {
        readable = call;
    }

    @Override
    public Frame nextFrame() {
        return frames.pollFirst();
    }

    @Override
    public boolean ended() {
        return ended && frames.isEmpty();
    }

    @Override
    public String endReason() {
        return ended ? "the publisher has left" : "";
    }

    @Override
    public void onEnd(Consumer<String> reason) {
    }

    @Override
    public void close() {
    }

    @Override
    public String links() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void open(FeedFormat format, Runnable call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuf next() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Segments segments(String form) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Handle handle() {
        throw new UnsupportedOperationException();
    }
}

package io.sluice.process.ffmpeg.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.process.ProcessRequest;
import io.sluice.api.process.ProcessRun;
import java.io.IOException;

/** One track on its way through children: mostly one, another where the clock jumps. */
final class Encoding implements ProcessRun {
    private static final long JUMP_NANOS = 2_000_000_000L;

    private final ProcessRequest request;
    private final String program;
    private final int bitsPerSecond;
    private Child child; // guarded by this
    private boolean closed; // guarded by this
    private long newestNanos;

    Encoding(ProcessRequest request, String program, int bitsPerSecond) {
        this.request = request;
        this.program = program;
        this.bitsPerSecond = bitsPerSecond;
    }

    @Override
    public void write(Frame frame) {
        try {
            Child now = child(frame);
            if (now != null) {
                newestNanos = frame.ptsNanos();
                now.write(frame);
            }
        } catch (IOException e) {
            fail(e.getMessage());
        }
    }

    private synchronized Child child(Frame frame) throws IOException {
        if (closed) {
            return null;
        }
        if (child != null && Math.abs(frame.ptsNanos() - newestNanos) > JUMP_NANOS) {
            child.close();
            child = null;
        }
        if (child == null) {
            child = new Child(request, program, bitsPerSecond, frame.ptsNanos());
        }
        return child;
    }

    private synchronized void fail(String reason) {
        if (!closed) {
            String said = child == null ? "" : child.said();
            request.sink().failed("ffmpeg ended: " + (said.isEmpty() ? reason : said));
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (child != null) {
            child.close();
        }
    }
}

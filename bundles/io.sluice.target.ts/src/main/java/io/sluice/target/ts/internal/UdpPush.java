package io.sluice.target.ts.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.push.PushRequest;
import io.sluice.api.stream.ReadFrom;
import java.io.IOException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** One push to a UDP address, in real time: each frame leaves when it is due, counted from the first. All but the look-up on the push's loop. */
final class UdpPush implements AutoCloseable {
    /** A tick of 5 ms, and a frame's datagrams over 20 ms of them: less than a frame lasts. */
    private static final long TICK_NANOS = 5_000_000L;
    static final int TURNS = 4;
    /** More media than this came late: the clock begins anew with it. */
    private static final long LATE_NANOS = 500_000_000L;

    /** Looks up where to, and makes a socket; blocks. */
    interface Opener {
        Datagrams open() throws IOException;
    }

    private final PushRequest request;
    private final String shown;
    private final Opener opener;
    private final PushedStream stream;
    private final ByteBuf bytes = Unpooled.buffer(64 * 1024);
    private Datagrams datagrams;
    private ScheduledFuture<?> timer;
    private Frame head;
    private boolean based;
    private long baseNanos;
    private boolean finishing;
    private boolean over;
    private long toldBytes;
    private long toldPackets;

    UdpPush(PushRequest request, String shown, Opener opener) {
        this.request = request;
        this.shown = shown;
        this.opener = opener;
        this.stream = new PushedStream(request.progress());
    }

    void start() {
        request.blocking().execute(() -> {
            try {
                Datagrams opened = opener.open();
                request.loop().execute(() -> opened(opened));
            } catch (IOException | IllegalArgumentException e) {
                request.loop().execute(() -> end(e.getMessage()));
            }
        });
    }

    private void opened(Datagrams opened) {
        datagrams = opened;
        if (over || finishing) {
            end("");
            return;
        }
        request.progress().running(shown);
        request.reader().onEnd(reason -> finishing = true);
        request.reader().frames(ReadFrom.LIVE, this::wake);
        wake();
    }

    /** Ticks as long as there is something to send. */
    private void wake() {
        if (timer == null && !over) {
            timer = request.loop().scheduleAtFixedRate(this::tick, 0, TICK_NANOS, TimeUnit.NANOSECONDS);
        }
    }

    private void tick() {
        try {
            boolean more = takeDue();
            datagrams.turn();
            tell();
            if (!more && datagrams.waiting() == 0) {
                idle();
            }
        } catch (IOException | RuntimeException e) {
            end(shown + " cannot be sent to: " + e.getMessage());
        }
    }

    private void idle() throws IOException {
        if (finishing || request.reader().ended()) {
            bytes.clear();
            stream.finish(bytes);
            datagrams.add(bytes);
            datagrams.flush();
            while (datagrams.waiting() > 0) {
                int before = datagrams.waiting();
                datagrams.turn();
                if (before == datagrams.waiting()) {
                    break; // the kernel is full: a few packets less at the very end
                }
            }
            tell();
            end("");
        } else {
            timer.cancel(false);
            timer = null;
        }
    }

    /** @return whether a frame waits for its time */
    private boolean takeDue() {
        long now = System.nanoTime();
        while (true) {
            if (head == null) {
                head = request.reader().nextFrame();
            }
            if (head == null) {
                return false;
            }
            if (!finishing && due(now) > now) {
                return true;
            }
            Frame frame = head;
            head = null;
            try {
                bytes.clear();
                stream.pack(bytes, frame);
                datagrams.add(bytes);
            } finally {
                frame.payload().release();
            }
        }
    }

    private long due(long now) {
        if (!based) {
            based = true;
            baseNanos = now - head.dtsNanos();
        }
        long due = baseNanos + head.dtsNanos();
        if (Math.abs(now - due) > LATE_NANOS) {
            baseNanos = now - head.dtsNanos();
            return now;
        }
        return due;
    }

    private void tell() {
        if (datagrams.sent() > toldPackets) {
            request.progress().out(datagrams.sentBytes() - toldBytes);
            request.progress().packets(datagrams.sent() - toldPackets, 0, 0);
            request.progress().media(stream.lastNanos());
            toldBytes = datagrams.sentBytes();
            toldPackets = datagrams.sent();
        }
    }

    @Override
    public void close() {
        request.loop().execute(() -> {
            finishing = true;
            if (datagrams != null) {
                wake();
            }
        });
    }

    private void end(String problem) {
        if (over) {
            return;
        }
        over = true;
        if (timer != null) {
            timer.cancel(false);
        }
        if (head != null) {
            head.payload().release();
            head = null;
        }
        try {
            if (datagrams != null) {
                datagrams.close();
            }
        } catch (IOException e) {
            request.progress().note("while closing: " + e.getMessage());
        }
        request.progress().ended(problem);
    }
}

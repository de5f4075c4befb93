package io.sluice.protocol.rtmp.internal;

import io.sluice.format.rtmp.Outbox;
import java.util.concurrent.TimeUnit;

/**
 * Finds peers that are gone without a word. Pings make TCP notice by itself; some players never answer them, so silence alone proves nothing: a connection is closed when
 * the peer neither sends nor takes bytes.
 */
final class KeepAlive {
    static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int DEAD_TICKS = 6;

    private final Peer peer;
    private final Outbox out;
    private int silentTicks;
    private int stuckTicks;
    private int time;

    KeepAlive(Peer peer, Outbox out) {
        this.peer = peer;
        this.out = out;
    }

    void start() {
        peer.connection().schedule(TICK_NANOS, this::tick);
    }

    /** The peer sent something. */
    void heard() {
        silentTicks = 0;
    }

    /** The peer took something after it had taken nothing. */
    void took() {
        stuckTicks = 0;
    }

    private void tick() {
        silentTicks++;
        time += (int) TimeUnit.NANOSECONDS.toMillis(TICK_NANOS);
        if (peer.connection().writable()) {
            stuckTicks = 0;
            out.userControl(Outbox.PING_REQUEST, time);
        } else {
            stuckTicks++;
        }
        if (silentTicks >= DEAD_TICKS && stuckTicks >= DEAD_TICKS) {
            peer.connection().close("the peer neither sent nor took bytes for 60 s");
        } else {
            start();
        }
    }
}

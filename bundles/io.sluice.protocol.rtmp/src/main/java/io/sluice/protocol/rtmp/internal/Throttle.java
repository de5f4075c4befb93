package io.sluice.protocol.rtmp.internal;

import java.util.concurrent.TimeUnit;

/** Reads a publisher no faster than the configured rate: stops reading while what came is not yet paid for with time, so that TCP slows the publisher down. */
final class Throttle {
    /** Unused time that may be spent at once: key frames come in bursts. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    /** The rate is looked at again at least so often, so that a change in the configuration is felt. */
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final double NANOS_PER_BIT_AT_1_KBPS = 1e6;

    private final Peer peer;
    private long paidUntilNanos;
    private boolean begun;
    private boolean pausing;

    Throttle(Peer peer) {
        this.peer = peer;
    }

    void count(int bytes) {
        int kbps = peer.settings().maxKbps();
        if (kbps == 0) {
            return;
        }
        long now = peer.nanoClock().getAsLong();
        long cost = (long) (bytes * 8 * NANOS_PER_BIT_AT_1_KBPS / kbps);
        long oldest = now - BURST_NANOS;
        paidUntilNanos = (begun && paidUntilNanos - oldest > 0 ? paidUntilNanos : oldest) + cost;
        begun = true;
        if (!pausing && debtNanos() > 0) {
            pausing = true;
            peer.connection().reading(false);
            wakeLater();
        }
    }

    /** Time that must pass before more is read. */
    long debtNanos() {
        return begun ? Math.max(0, paidUntilNanos - peer.nanoClock().getAsLong()) : 0;
    }

    boolean pausing() {
        return pausing;
    }

    private void wakeLater() {
        peer.connection().schedule(Math.min(debtNanos(), LONGEST_PAUSE_NANOS), this::wake);
    }

    private void wake() {
        if (peer.settings().maxKbps() > 0 && debtNanos() > 0) {
            wakeLater();
            return;
        }
        pausing = false;
        peer.connection().reading(true);
    }

    /** Goes on where another version was. */
    void resume(boolean wasPausing, long debtNanos) {
        begun = debtNanos > 0;
        paidUntilNanos = peer.nanoClock().getAsLong() + debtNanos;
        pausing = wasPausing;
        if (pausing) {
            wakeLater();
        }
    }
}

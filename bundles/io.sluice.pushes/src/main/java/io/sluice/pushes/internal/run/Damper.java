package io.sluice.pushes.internal.run;

import java.util.concurrent.TimeUnit;

/**
 * Hysteresis: between what a rule says and what is done. A rule that flaps is damped whatever is configured, so that the number of starts is bounded. One thread; times by a
 * clock that is never set back.
 */
public final class Damper {
    /** So many changes within the time is flapping: a switch turned on and off and on again by a hand is not. */
    static final int FLAPS = 6;
    static final long FLAP_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** How long a rule that flaps must hold before it counts. */
    static final long CALM_NANOS = TimeUnit.SECONDS.toNanos(2);
    private final Times times;
    private final long[] changes = new long[FLAPS];
    private int changed;
    private boolean raw;
    private long rawSince;
    private boolean on;
    private long onSince;
    private boolean ever;
    private String held = "";

    /** In nanoseconds; see {@link io.sluice.api.push.PushEntry}. */
    public record Times(long minOn, long minOff, long onAfter, long offAfter) {
    }

    public Damper(Times times) {
        this.times = times;
    }

    /** Something that runs already is on since then. */
    void adopt(long sinceNanos) {
        on = true;
        raw = true;
        ever = true;
        onSince = sinceNanos;
        rawSince = sinceNanos;
    }

    /** The same with other times. */
    Damper with(Times other) {
        Damper next = new Damper(other);
        if (on) {
            next.adopt(onSince);
        }
        return next;
    }

    /** What is done now. */
    public boolean on() {
        return on;
    }

    /** Why it is not what the rule says, or "". */
    public String held() {
        return held;
    }

    /** @param now what the rule says @return nanoseconds until this is to be called again, or Long.MAX_VALUE */
    public long update(boolean now, long nanos) {
        if (now != raw) {
            raw = now;
            rawSince = nanos;
            changes[changed++ % FLAPS] = nanos;
        }
        held = "";
        if (raw == on) {
            return Long.MAX_VALUE;
        }
        long wait = left(nanos);
        if (wait <= 0) {
            on = raw;
            onSince = nanos;
            ever = true;
            held = "";
            return Long.MAX_VALUE;
        }
        return wait;
    }

    private long left(long nanos) {
        long after = raw ? times.onAfter() : times.offAfter();
        long wait = rawSince + after - nanos;
        held = "it counts when it has held for " + seconds(after);
        if (flaps(nanos) && rawSince + CALM_NANOS - nanos > wait) {
            wait = rawSince + CALM_NANOS - nanos;
            held = "it flaps: " + FLAPS + " changes within " + seconds(FLAP_NANOS) + ", so it counts when it has held for " + seconds(CALM_NANOS);
        }
        long least = on ? times.minOn() : times.minOff();
        if (ever && onSince + least - nanos > wait) {
            wait = onSince + least - nanos;
            held = "it stays " + (on ? "on" : "off") + " for " + seconds(least) + " at least";
        }
        return wait;
    }

    private boolean flaps(long nanos) {
        return changed >= FLAPS && nanos - changes[changed % FLAPS] < FLAP_NANOS;
    }

    private static String seconds(long nanos) {
        return nanos % TimeUnit.SECONDS.toNanos(1) == 0 ? nanos / TimeUnit.SECONDS.toNanos(1) + " s" : nanos / TimeUnit.MILLISECONDS.toNanos(1) + " ms";
    }
}

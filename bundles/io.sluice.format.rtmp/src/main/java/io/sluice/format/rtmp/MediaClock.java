package io.sluice.format.rtmp;

/**
 * Makes 64 bits of the 32-bit milliseconds of RTMP, which wrap after 49.7 days. A time is taken to lie within 2^31 ms of the one before, ahead or behind, so that
 * sound and pictures may come in any order around the wrap.
 */
public final class MediaClock {
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private boolean running;
    private long lastMillis;

    public MediaClock() {
    }

    /** Goes on where another one was. */
    public MediaClock(boolean running, long lastMillis) {
        this.running = running;
        this.lastMillis = lastMillis;
    }

    public long unwrapMillis(int timestamp) {
        lastMillis = running ? lastMillis + (timestamp - (int) lastMillis) : Integer.toUnsignedLong(timestamp);
        running = true;
        return lastMillis;
    }

    public static long nanos(long millis) {
        return millis * NANOS_PER_MILLI;
    }

    /** The other way, rounded to the nearest. */
    public static long millis(long nanos) {
        return Math.floorDiv(nanos + NANOS_PER_MILLI / 2, NANOS_PER_MILLI);
    }

    public boolean running() {
        return running;
    }

    public long lastMillis() {
        return lastMillis;
    }
}

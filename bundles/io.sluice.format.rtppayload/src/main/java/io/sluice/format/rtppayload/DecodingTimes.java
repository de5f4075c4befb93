package io.sluice.format.rtppayload;

import java.util.Arrays;

/**
 * Finds decoding times where only presentation times are sent, as in RTP. Without B-frames both are the same. With them, a picture is decoded when the picture is shown that is as
 * many places behind the newest as pictures are reordered by; that depth is learned from what comes. One thread.
 */
public final class DecodingTimes {
    /** ITU-T H.264 section A.3.1 and H.265 section A.4.2: at most 16 pictures wait. */
    private static final int MOST = 16;

    /** The newest presentation times, the latest first. */
    private final long[] latest = new long[MOST + 1];
    private int depth;
    private boolean begun;
    private long last;

    /**
     * @param pts of the next picture in order of decoding, in any unit
     * @return in the same unit; rises strictly, and is not after {@code pts} once the depth is learned
     */
    public long next(long pts) {
        if (!begun) {
            begun = true;
            Arrays.fill(latest, Long.MIN_VALUE);
            last = pts - 1;
        }
        insert(pts);
        while (depth < MOST && latest[depth] > pts) {
            depth++;
        }
        last = Math.max(last + 1, latest[depth] == Long.MIN_VALUE ? last + 1 : latest[depth]);
        return last;
    }

    private void insert(long pts) {
        int at = 0;
        while (at < MOST && latest[at] > pts) {
            at++;
        }
        System.arraycopy(latest, at, latest, at + 1, MOST - at);
        latest[at] = pts;
    }

    /** The clock has jumped, or pictures are missing: learns anew. */
    public void reset() {
        begun = false;
        depth = 0;
    }
}

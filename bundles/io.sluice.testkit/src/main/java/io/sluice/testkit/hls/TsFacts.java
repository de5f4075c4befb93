package io.sluice.testkit.hls;

import io.sluice.testkit.media.Kind;

/**
 * How one segment is packed: by these a test tells one muxer's bytes from another's.
 *
 * @param packets    of 188 bytes
 * @param pats       PAT packets
 * @param videoPes   PES packets of video, one for each picture
 * @param audioPes   PES packets of audio, each with one or more frames
 * @param firstTicks decoding time of the first PES packet, 90 kHz, unwrapped; -1 for none
 * @param lastTicks  of the last one
 */
public record TsFacts(int packets, int pats, int videoPes, int audioPes, long firstTicks, long lastTicks) {
    static final TsFacts NONE = new TsFacts(0, 0, 0, 0, -1, -1);

    TsFacts packet() {
        return new TsFacts(packets + 1, pats, videoPes, audioPes, firstTicks, lastTicks);
    }

    TsFacts pat() {
        return new TsFacts(packets, pats + 1, videoPes, audioPes, firstTicks, lastTicks);
    }

    TsFacts pes(Kind kind, long ticks) {
        boolean video = kind == Kind.VIDEO;
        return new TsFacts(packets, pats, videoPes + (video ? 1 : 0), audioPes + (video ? 0 : 1), firstTicks < 0 ? ticks : Math.min(firstTicks, ticks), Math.max(lastTicks, ticks));
    }

    /** Media between two PAT packets, on average. */
    public double patIntervalMillis() {
        return pats == 0 ? Double.POSITIVE_INFINITY : (lastTicks - firstTicks) / 90.0 / pats;
    }
}

package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import java.util.Arrays;

/**
 * One track of a recording: the samples that are in no fragment yet. The last one stays until the next has come, because only that one says how long it lasts.
 *
 * <p>Times are kept as they came and turned into units of the track when they are written: the recording's beginning is known only then.
 */
final class RecordedTrack {
    static final int VIDEO_TIMESCALE = 90_000;
    private static final long NEVER = Long.MIN_VALUE;
    private static final long MAX_DURATION = 0xffff_ffffL;
    /** Of a track with a single sample, which nothing says the length of: a twenty-fifth of a second. */
    private static final int GUESSED_PICTURES = 25;
    private static final int AAC_SAMPLES = 1024;

    private final Track track;
    private final int number;
    private final ByteBuf media = Unpooled.buffer(4096);
    private long[] dts = new long[16];
    private long[] pts = new long[16];
    private int[] sizes = new int[16];
    private boolean[] keys = new boolean[16];
    private int count;
    private long base;
    private long shift;
    private long lastUnits = NEVER;
    private long lastDuration;
    private long endUnits;

    /** @param number its track_ID */
    RecordedTrack(Track track, int number) {
        this.track = track;
        this.number = number;
        this.lastDuration = isVideo() ? VIDEO_TIMESCALE / GUESSED_PICTURES : track.codec() == Codec.AAC ? AAC_SAMPLES : timescale() / GUESSED_PICTURES;
    }

    Track track() {
        return track;
    }

    int number() {
        return number;
    }

    boolean isVideo() {
        return track.kind() == MediaKind.VIDEO;
    }

    int timescale() {
        return isVideo() || track.sampleRate() < 1 ? VIDEO_TIMESCALE : track.sampleRate();
    }

    void add(long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
        if (count == sizes.length) {
            grow();
        }
        pts[count] = ptsNanos;
        dts[count] = dtsNanos;
        keys[count] = key;
        sizes[count++] = payload.readableBytes();
        media.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
    }

    private void grow() {
        int capacity = count * 2;
        dts = Arrays.copyOf(dts, capacity);
        pts = Arrays.copyOf(pts, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        keys = Arrays.copyOf(keys, capacity);
    }

    /** Samples that are held, the last one of unknown length included. */
    int held() {
        return count;
    }

    long firstPts() {
        return pts[0];
    }

    boolean key(int sample) {
        return keys[sample];
    }

    int size(int sample) {
        return sizes[sample];
    }

    /**
     * The recording begins at this time. What is to be decoded before it moves this track's own timeline, which an edit list takes back.
     *
     * @param baseNanos presentation time that becomes 0
     */
    void begin(long baseNanos) {
        base = baseNanos;
        shift = count == 0 ? 0 : Math.max(0, -MediaTime.units(dts[0] - base, timescale()));
    }

    /** Media time at which the recording begins, in units: the edit list's media_time. */
    long shift() {
        return shift;
    }

    /** Decoding times in units of so many samples and the end of the last one; they rise whatever came. */
    long[] decodingUnits(int samples) {
        long[] units = new long[samples + 1];
        long last = lastUnits;
        for (int i = 0; i < samples + 1 && i < count; i++) {
            last = Math.max(last == NEVER ? 0 : last + 1, units(dts[i]));
            units[i] = last;
        }
        if (samples == count) {
            units[samples] = units[samples - 1] + (samples > 1 ? units[samples - 1] - units[samples - 2] : lastDuration);
        }
        return units;
    }

    static long duration(long[] units, int sample) {
        return Math.min(MAX_DURATION, units[sample + 1] - units[sample]);
    }

    /** Presentation minus decoding time in units. */
    int composition(int sample, long decodingUnits) {
        return Math.toIntExact(Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, units(pts[sample]) - decodingUnits)));
    }

    private long units(long nanos) {
        return MediaTime.units(nanos - base, timescale()) + shift;
    }

    /** Payload bytes of the first samples. */
    int mediaBytes(int samples) {
        int bytes = 0;
        for (int i = 0; i < samples; i++) {
            bytes += sizes[i];
        }
        return bytes;
    }

    /** Moves the payloads of the first samples to the buffer and forgets these samples. */
    void drain(int samples, long[] units, ByteBuf out) {
        out.writeBytes(media, mediaBytes(samples));
        media.discardReadBytes();
        lastUnits = units[samples - 1];
        lastDuration = duration(units, samples - 1);
        for (int i = 0; i < samples; i++) {
            endUnits = Math.max(endUnits, units[i] + composition(i, units[i]) + duration(units, i) - shift);
        }
        count -= samples;
        System.arraycopy(dts, samples, dts, 0, count);
        System.arraycopy(pts, samples, pts, 0, count);
        System.arraycopy(sizes, samples, sizes, 0, count);
        System.arraycopy(keys, samples, keys, 0, count);
    }

    /** How much of it has been written, from the recording's beginning, in units of another time scale. */
    long end(long timescale) {
        return MediaTime.rescaled(endUnits, timescale(), timescale);
    }
}

package io.sluice.format.mp4;

import java.util.Arrays;
import java.util.BitSet;

/** Where the samples of one track lie and when they are due, in the track's own time units; 24 bytes for each. Grows, then is only read. */
final class SampleTable {
    /**
     * For all tracks of a file: one day of 30 pictures and 46.9 AAC frames a second is 6.7 million. At 24 bytes that is 190 MiB, which is what a
     * hostile file can make us allocate.
     */
    static final int MAX_SAMPLES = 8_000_000;
    /** Ten years; with it no time overflows 63 bits of nanoseconds. */
    private static final long MAX_SECONDS = 10L * 366 * 86_400;

    private final long timescale;
    private final long fileBytes;
    private long[] offsets = new long[64];
    private int[] sizes = new int[64];
    private long[] dts = new long[64];
    private int[] cts = new int[64];
    private final BitSet keys = new BitSet();
    private int count;
    private long end;

    /**
     * @param timescale units in a second
     * @param fileBytes no sample may lie beyond
     */
    SampleTable(long timescale, long fileBytes) throws Mp4Exception {
        if (timescale < 1) {
            throw new Mp4Exception("a track's time scale is 0 units a second");
        }
        this.timescale = timescale;
        this.fileBytes = fileBytes;
    }

    /** Appends a sample; one of no bytes only takes its time. */
    void add(long offset, long size, long sampleDts, int compositionOffset, boolean key, long duration) throws Mp4Exception {
        checkTime(sampleDts);
        end = Math.max(end, sampleDts + duration);
        if (size == 0) {
            return;
        }
        if (offset < 0 || size > Integer.MAX_VALUE || offset > fileBytes - size) {
            throw new Mp4Exception("sample " + (count + 1) + " lies at bytes " + offset + " to " + (offset + size) + "; the file has " + fileBytes
                + ". It is cut short");
        }
        grow();
        offsets[count] = offset;
        sizes[count] = (int) size;
        dts[count] = sampleDts;
        cts[count] = compositionOffset;
        keys.set(count, key);
        count++;
    }

    void checkTime(long units) throws Mp4Exception {
        if (Math.abs(units / timescale) > MAX_SECONDS) {
            throw new Mp4Exception("a time of " + units / timescale + " s was found; at most " + MAX_SECONDS + " s can be read");
        }
    }

    private void grow() {
        if (count == sizes.length) {
            int capacity = count + (count >> 1);
            offsets = Arrays.copyOf(offsets, capacity);
            sizes = Arrays.copyOf(sizes, capacity);
            dts = Arrays.copyOf(dts, capacity);
            cts = Arrays.copyOf(cts, capacity);
        }
    }

    int count() {
        return count;
    }

    long offset(int sample) {
        return offsets[sample];
    }

    int size(int sample) {
        return sizes[sample];
    }

    long dts(int sample) {
        return dts[sample];
    }

    long pts(int sample) {
        return dts[sample] + cts[sample];
    }

    boolean key(int sample) {
        return keys.get(sample);
    }

    /** Decoding time at which the last sample is over. */
    long end() {
        return end;
    }

    /** The latest moment shown or heard: composition included. */
    long lastPresented() {
        long last = 0;
        for (int i = Math.max(0, count - 64); i < count; i++) {
            long until = i + 1 < count ? dts[i + 1] : end;
            last = Math.max(last, pts(i) + until - dts[i]);
        }
        return last;
    }

    /** Units of this track in nanoseconds, rounded down; exact arithmetic for every time that {@link #checkTime} lets in. */
    long nanos(long units) {
        return nanos(units, timescale);
    }

    static long nanos(long units, long timescale) {
        return Math.floorDiv(units, timescale) * 1_000_000_000L + Math.floorMod(units, timescale) * 1_000_000_000L / timescale;
    }
}

package io.sluice.source.file.internal;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.IntStream;

/** Where the frames of an FLV file lie and when they are due; 29 bytes for each. Grows, is completed, then only read. */
final class FlvIndex {
    /** One day of 30 pictures and 46.9 AAC frames a second is 6.7 million; at 29 bytes, 230 MB. */
    private static final int MAX_SAMPLES = 8_000_000;

    private long[] offsets = new long[256];
    private int[] sizes = new int[256];
    private long[] millis = new long[256];
    private int[] compositions = new int[256];
    private short[] tracks = new short[256];
    private int[] durations;
    private boolean[] keys = new boolean[256];
    private int size;

    void add(int track, long dtsMillis, int compositionMillis, boolean key, long offset, int bytes) throws IOException {
        if (size == MAX_SAMPLES) {
            throw new IOException("the FLV file has more than " + MAX_SAMPLES + " frames; cut it into shorter files");
        }
        if (size == sizes.length) {
            grow(size + (size >> 1));
        }
        tracks[size] = (short) track;
        millis[size] = dtsMillis;
        compositions[size] = compositionMillis;
        keys[size] = key;
        offsets[size] = offset;
        sizes[size] = bytes;
        size++;
    }

    private void grow(int capacity) {
        offsets = Arrays.copyOf(offsets, capacity);
        sizes = Arrays.copyOf(sizes, capacity);
        millis = Arrays.copyOf(millis, capacity);
        compositions = Arrays.copyOf(compositions, capacity);
        tracks = Arrays.copyOf(tracks, capacity);
        keys = Arrays.copyOf(keys, capacity);
    }

    int size() {
        return size;
    }

    /** Moves the beginning to zero and works out how long each frame lasts; the last of a track lasts as long as the one before it. */
    void complete() {
        long first = IntStream.range(0, size).mapToLong(i -> millis[i]).min().orElse(0);
        durations = new int[size];
        Map<Short, Integer> last = new HashMap<>();
        for (int i = 0; i < size; i++) {
            millis[i] -= first;
            Integer before = last.put(tracks[i], i);
            if (before != null) {
                durations[before] = (int) Math.max(0, millis[i] - millis[before]);
                durations[i] = durations[before];
            }
        }
    }

    Iterator<MediaSample> samples(Map<Integer, MediaTrack> byId) {
        return IntStream.range(0, size).mapToObj(i -> sample(i, byId.get((int) tracks[i]))).iterator();
    }

    private MediaSample sample(int i, MediaTrack track) {
        long dts = millis[i] * 1_000_000;
        return new MediaSample(track, dts, dts + compositions[i] * 1_000_000L, durations[i] * 1_000_000L, keys[i], offsets[i], sizes[i]);
    }
}

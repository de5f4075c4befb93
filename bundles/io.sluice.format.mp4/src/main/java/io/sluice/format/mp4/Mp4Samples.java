package io.sluice.format.mp4;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The samples of all tracks in order of decoding time; of equal times, in order of tracks. One thread. */
final class Mp4Samples implements Iterator<Mp4Sample> {
    private final List<Mp4Track> tracks;
    private final int[] next;

    Mp4Samples(List<Mp4Track> tracks) {
        this.tracks = tracks;
        this.next = new int[tracks.size()];
    }

    @Override
    public boolean hasNext() {
        return earliest() >= 0;
    }

    @Override
    public Mp4Sample next() {
        int earliest = earliest();
        if (earliest < 0) {
            throw new NoSuchElementException();
        }
        return tracks.get(earliest).sample(next[earliest]++);
    }

    private int earliest() {
        int best = -1;
        long bestDts = 0;
        for (int i = 0; i < next.length; i++) {
            if (next[i] < tracks.get(i).sampleCount()) {
                long dts = tracks.get(i).dtsNanos(next[i]);
                if (best < 0 || dts < bestDts) {
                    best = i;
                    bestDts = dts;
                }
            }
        }
        return best;
    }
}

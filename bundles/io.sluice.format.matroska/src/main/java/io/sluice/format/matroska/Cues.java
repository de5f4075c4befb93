package io.sluice.format.matroska;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Where a player can go: the clusters that begin with a key frame (RFC 9559 section 5.1.5). */
final class Cues {
    /** At two seconds each, a day and a half; then every second one goes, as often as needed. 16 bytes each. */
    private static final int MOST = 65_536;

    private final int track;
    private long[] times = new long[64];
    private long[] positions = new long[64];
    private int count;

    /** @param track number of the track that it is about */
    Cues(int track) {
        this.track = track;
    }

    /**
     * @param millis   the key frame's time
     * @param position of its cluster in the segment
     */
    void add(long millis, long position) {
        if (count == MOST) {
            count = MOST / 2;
            for (int i = 0; i < count; i++) {
                times[i] = times[2 * i];
                positions[i] = positions[2 * i];
            }
        } else if (count == times.length) {
            times = Arrays.copyOf(times, count * 2);
            positions = Arrays.copyOf(positions, count * 2);
        }
        times[count] = millis;
        positions[count++] = position;
    }

    boolean isEmpty() {
        return count == 0;
    }

    void write(ByteBuf out) {
        Ebml.master(out, Id.CUES, () -> {
            for (int i = 0; i < count; i++) {
                point(out, times[i], positions[i]);
            }
        });
    }

    private void point(ByteBuf out, long time, long position) {
        Ebml.master(out, Id.CUE_POINT, () -> {
            Ebml.unsigned(out, Id.CUE_TIME, time);
            Ebml.master(out, Id.CUE_TRACK_POSITIONS, () -> {
                Ebml.unsigned(out, Id.CUE_TRACK, track);
                Ebml.unsigned(out, Id.CUE_CLUSTER_POSITION, position);
            });
        });
    }
}

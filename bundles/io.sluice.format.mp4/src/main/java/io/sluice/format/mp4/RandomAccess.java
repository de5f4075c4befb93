package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/** Where fragments with a key frame of one track begin: 'mfra' at the file's end (ISO/IEC 14496-12 section 8.8.9), which spares a player the walk over all fragments. */
final class RandomAccess {
    /** At two seconds each, a day and a half; then every second entry goes, as often as needed. 20 bytes each. */
    private static final int MOST_ENTRIES = 65_536;
    /** One byte each for the numbers of 'traf' and 'trun', four for that of the sample. */
    private static final int NUMBER_SIZES = 0b00_00_11;

    private final int track;
    private long[] times = new long[64];
    private long[] offsets = new long[64];
    private int[] samples = new int[64];
    private int count;

    /** @param track its track_ID; its part is the first of each fragment that is added */
    RandomAccess(int track) {
        this.track = track;
    }

    /**
     * @param time   presentation time of the key frame in units of the track
     * @param offset of the 'moof' in the file
     * @param sample which of the fragment's it is, from 1
     */
    void add(long time, long offset, int sample) {
        if (count == MOST_ENTRIES) {
            count = MOST_ENTRIES / 2;
            for (int i = 0; i < count; i++) {
                set(i, times[2 * i], offsets[2 * i], samples[2 * i]);
            }
        } else if (count == times.length) {
            times = Arrays.copyOf(times, count * 2);
            offsets = Arrays.copyOf(offsets, count * 2);
            samples = Arrays.copyOf(samples, count * 2);
        }
        set(count++, time, offset, sample);
    }

    private void set(int i, long time, long offset, int sample) {
        times[i] = time;
        offsets[i] = offset;
        samples[i] = sample;
    }

    void write(ByteBuf out) {
        int start = out.writerIndex();
        BoxOutput.box(out, "mfra", () -> {
            BoxOutput.full(out, "tfra", 1, 0, () -> {
                out.writeInt(track).writeInt(NUMBER_SIZES).writeInt(count);
                for (int i = 0; i < count; i++) {
                    out.writeLong(times[i]).writeLong(offsets[i]).writeByte(1).writeByte(1).writeInt(samples[i]);
                }
            });
            BoxOutput.full(out, "mfro", 0, 0, () -> out.writeInt(out.writerIndex() + 4 - start));
        });
    }
}

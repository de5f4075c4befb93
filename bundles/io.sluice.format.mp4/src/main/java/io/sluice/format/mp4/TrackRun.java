package io.sluice.format.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The 'trun' boxes of one track fragment (ISO/IEC 14496-12 section 8.8.8), one after another. */
final class TrackRun {
    private static final int DATA_OFFSET = 0x1;
    private static final int FIRST_FLAGS = 0x4;
    private static final int DURATION = 0x100;
    private static final int SIZE = 0x200;
    private static final int FLAGS = 0x400;
    private static final int COMPOSITION = 0x800;
    private static final int NON_SYNC = 0x10000;

    private final SampleSink track;
    private final Fragments.Defaults defaults;
    private final long base;
    private int room;
    private long position;

    /**
     * @param base what data offsets count from
     * @param room how many samples the file may still have
     */
    TrackRun(SampleSink track, Fragments.Defaults defaults, long base, int room) {
        this.track = track;
        this.defaults = defaults;
        this.base = base;
        this.position = base;
        this.room = room;
    }

    /** Where the data of the last run ended. */
    long position() {
        return position;
    }

    void append(Box trun) throws IOException {
        int flags = trun.flags();
        ByteBuffer in = trun.fullReader(4);
        long count = Integer.toUnsignedLong(in.getInt());
        long perSample = 4L * Integer.bitCount(flags & (DURATION | SIZE | FLAGS | COMPOSITION));
        trun.need(8 + 4L * Integer.bitCount(flags & (DATA_OFFSET | FIRST_FLAGS)) + count * perSample);
        if (count > room) {
            throw new Mp4Exception("a fragment claims " + count + " samples; a file may have " + SampleTable.MAX_SAMPLES + " in all");
        }
        room -= (int) count;
        if ((flags & DATA_OFFSET) != 0) {
            position = base + in.getInt();
        }
        int firstFlags = (flags & FIRST_FLAGS) != 0 ? in.getInt() : defaults.flags();
        long dts = track.nextDts();
        for (long i = 0; i < count; i++) {
            dts += sample(in, flags, dts, i == 0 ? firstFlags : defaults.flags());
        }
        track.nextDts(dts);
    }

    /** @return its duration */
    private long sample(ByteBuffer in, int flags, long dts, int defaultFlags) throws IOException {
        long duration = (flags & DURATION) != 0 ? Integer.toUnsignedLong(in.getInt()) : defaults.duration();
        long size = (flags & SIZE) != 0 ? Integer.toUnsignedLong(in.getInt()) : defaults.size();
        int sampleFlags = (flags & FLAGS) != 0 ? in.getInt() : defaultFlags;
        int composition = (flags & COMPOSITION) != 0 ? in.getInt() : 0;
        track.add(position, size, dts, composition, (sampleFlags & NON_SYNC) == 0, duration);
        position += size;
        return duration;
    }
}

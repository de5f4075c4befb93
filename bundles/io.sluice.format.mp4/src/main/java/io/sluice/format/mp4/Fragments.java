package io.sluice.format.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Movie fragments (ISO/IEC 14496-12 section 8.8): each 'moof' appends samples to its tracks. */
final class Fragments {
    private static final int BASE_DATA_OFFSET = 0x1;
    private static final int DESCRIPTION_INDEX = 0x2;
    private static final int DEFAULT_DURATION = 0x8;
    private static final int DEFAULT_SIZE = 0x10;
    private static final int DEFAULT_FLAGS = 0x20;
    private static final int BASE_IS_MOOF = 0x20000;

    private final Map<Integer, ? extends SampleSink> tracks;
    private final Map<Integer, Defaults> defaults = new HashMap<>();

    /** What a sample has that does not say it itself. */
    record Defaults(long duration, long size, int flags) {
    }

    /** @param mvex null where the file has no fragments */
    Fragments(Map<Integer, ? extends SampleSink> tracks, Box mvex) throws Mp4Exception {
        this.tracks = tracks;
        if (mvex == null) {
            return;
        }
        for (Box trex : mvex.children()) {
            if (trex.type().equals("trex")) {
                ByteBuffer in = trex.fullReader(20);
                int id = in.getInt();
                in.getInt();
                defaults.put(id, new Defaults(Integer.toUnsignedLong(in.getInt()), Integer.toUnsignedLong(in.getInt()), in.getInt()));
            }
        }
    }

    /** @param offset where the 'moof' begins in the file */
    void append(Box moof, long offset) throws IOException {
        long dataEnd = offset;
        for (Box traf : moof.children()) {
            if (traf.type().equals("traf")) {
                dataEnd = append(traf, offset, dataEnd);
            }
        }
    }

    private long append(Box traf, long moofOffset, long dataEnd) throws IOException {
        Box tfhd = traf.required("tfhd");
        int flags = tfhd.flags();
        tfhd.need(8 + 4L * Integer.bitCount(flags & (DESCRIPTION_INDEX | DEFAULT_DURATION | DEFAULT_SIZE | DEFAULT_FLAGS)) + 8L * (flags & BASE_DATA_OFFSET));
        ByteBuffer in = tfhd.fullReader(4);
        int id = in.getInt();
        SampleSink track = tracks.get(id);
        long base = (flags & BASE_DATA_OFFSET) != 0 ? in.getLong() : (flags & BASE_IS_MOOF) != 0 ? moofOffset : dataEnd;
        if ((flags & DESCRIPTION_INDEX) != 0) {
            in.getInt();
        }
        Defaults d = defaults.getOrDefault(id, new Defaults(0, 0, 0));
        long duration = (flags & DEFAULT_DURATION) != 0 ? Integer.toUnsignedLong(in.getInt()) : d.duration;
        long size = (flags & DEFAULT_SIZE) != 0 ? Integer.toUnsignedLong(in.getInt()) : d.size;
        int sampleFlags = (flags & DEFAULT_FLAGS) != 0 ? in.getInt() : d.flags;
        if (track == null) {
            return dataEnd;
        }
        decodeTime(traf, track);
        TrackRun run = new TrackRun(track, new Defaults(duration, size, sampleFlags), base, room());
        for (Box trun : traf.children()) {
            if (trun.type().equals("trun")) {
                run.append(trun);
            }
        }
        return run.position();
    }

    private static void decodeTime(Box traf, SampleSink track) throws Mp4Exception {
        Box tfdt = traf.child("tfdt");
        if (tfdt != null) {
            boolean wide = tfdt.version() == 1;
            ByteBuffer in = tfdt.fullReader(wide ? 8 : 4);
            track.nextDts(wide ? in.getLong() : Integer.toUnsignedLong(in.getInt()));
        }
    }

    private int room() {
        return SampleTable.MAX_SAMPLES - tracks.values().stream().mapToInt(SampleSink::count).sum();
    }
}

package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Writes one fragment: 'moof' and its 'mdat' (ISO/IEC 14496-12 section 8.8), each track's samples in one run. */
final class FragmentOutput {
    private static final int BASE_IS_MOOF = 0x20000;
    private static final int DEFAULT_FLAGS = 0x20;
    private static final int DATA_OFFSET = 0x1;
    private static final int DURATION_SIZE = 0x300;
    private static final int FLAGS_COMPOSITION = 0xc00;
    /** sample_depends_on: 2 nothing else; 1 others, and no sync sample. Section 8.8.3.1. */
    private static final int SYNC = 0x0200_0000;
    private static final int NON_SYNC = 0x0101_0000;
    private static final int MDAT_HEADER = 8;

    private final ByteBuf out;
    private final int sequence;

    /**
     * A track's part of the fragment.
     *
     * @param samples 1 or more
     * @param units   see {@link RecordedTrack#decodingUnits}
     */
    record Part(RecordedTrack track, int samples, long[] units) {
        static Part of(RecordedTrack track, int samples) {
            return new Part(track, samples, track.decodingUnits(samples));
        }
    }

    FragmentOutput(ByteBuf out, int sequence) {
        this.out = out;
        this.sequence = sequence;
    }

    /** Appends the fragment and takes its samples from their tracks. */
    void write(List<Part> parts) {
        int start = out.writerIndex();
        int[] offsetFields = new int[parts.size()];
        BoxOutput.box(out, "moof", () -> {
            BoxOutput.full(out, "mfhd", 0, 0, () -> out.writeInt(sequence));
            for (int i = 0; i < offsetFields.length; i++) {
                offsetFields[i] = track(parts.get(i));
            }
        });
        int offset = out.writerIndex() - start + MDAT_HEADER;
        for (int i = 0; i < offsetFields.length; i++) {
            out.setInt(offsetFields[i], offset);
            offset += parts.get(i).track.mediaBytes(parts.get(i).samples);
        }
        BoxOutput.box(out, "mdat", () -> parts.forEach(p -> p.track.drain(p.samples, p.units, out)));
    }

    /** @return where the offset of its data is to be written */
    private int track(Part part) {
        int[] offsetField = new int[1];
        BoxOutput.box(out, "traf", () -> {
            BoxOutput.full(out, "tfhd", 0, BASE_IS_MOOF | DEFAULT_FLAGS, () -> out.writeInt(part.track.number()).writeInt(SYNC));
            BoxOutput.full(out, "tfdt", 1, 0, () -> out.writeLong(part.units[0]));
            int flags = DATA_OFFSET | DURATION_SIZE | (part.track.isVideo() ? FLAGS_COMPOSITION : 0);
            BoxOutput.full(out, "trun", 1, flags, () -> {
                out.writeInt(part.samples);
                offsetField[0] = out.writerIndex();
                out.writeInt(0);
                for (int i = 0; i < part.samples; i++) {
                    sample(part, i);
                }
            });
        });
        return offsetField[0];
    }

    private void sample(Part part, int i) {
        RecordedTrack track = part.track;
        out.writeInt((int) RecordedTrack.duration(part.units, i)).writeInt(track.size(i));
        if (track.isVideo()) {
            out.writeInt(track.key(i) ? SYNC : NON_SYNC).writeInt(track.composition(i, part.units[i]));
        }
    }
}

package io.sluice.format.mp4;

import java.nio.ByteBuffer;

/** Reads the sample tables of a track that is not fragmented: 'stbl' (ISO/IEC 14496-12 sections 8.5 to 8.7). */
final class StblReader {
    private final Box stbl;
    private final long fileBytes;
    private int[] sizes;
    private int constantSize;
    private int count;

    StblReader(Box stbl, long fileBytes) {
        this.stbl = stbl;
        this.fileBytes = fileBytes;
    }

    /**
     * @param room how many samples the file may still have
     */
    void into(SampleTable table, int room) throws Mp4Exception {
        readSizes(room);
        if (count == 0) {
            return;
        }
        Runs durations = new Runs(stbl.required("stts"), false);
        Box ctts = stbl.child("ctts");
        Runs compositions = ctts == null ? null : new Runs(ctts, true);
        KeySamples keys = new KeySamples(stbl.child("stss"));
        Chunks chunks = new Chunks(stbl);
        long dts = 0;
        for (int i = 0; i < count; i++) {
            long duration = durations.next();
            int composition = compositions == null ? 0 : (int) compositions.next();
            long size = sizes == null ? constantSize : sizes[i];
            table.add(chunks.next(size), size, dts, composition, keys.next(), duration);
            dts += duration;
        }
    }

    private void readSizes(int room) throws Mp4Exception {
        Box stsz = stbl.child("stsz");
        if (stsz != null) {
            ByteBuffer in = stsz.fullReader(8);
            constantSize = in.getInt();
            count = checkedCount(in.getInt(), room);
            if (constantSize == 0) {
                readSizes(stsz, in, 32);
            } else if (constantSize < 0 || (long) count * constantSize > fileBytes) {
                throw new Mp4Exception(count + " samples of " + Integer.toUnsignedString(constantSize) + " bytes do not fit a file of " + fileBytes + " bytes");
            }
            return;
        }
        Box stz2 = stbl.required("stz2");
        ByteBuffer in = stz2.fullReader(8);
        int bits = in.getInt() & 0xff;
        count = checkedCount(in.getInt(), room);
        if (bits != 4 && bits != 8 && bits != 16) {
            throw new Mp4Exception("'stz2' has fields of " + bits + " bits; 4, 8 or 16 were expected");
        }
        readSizes(stz2, in, bits);
    }

    private static int checkedCount(int unsigned, int room) throws Mp4Exception {
        if (unsigned < 0 || unsigned > room) {
            throw new Mp4Exception("a track claims " + Integer.toUnsignedString(unsigned) + " samples; a file may have " + SampleTable.MAX_SAMPLES + " in all");
        }
        return unsigned;
    }

    private void readSizes(Box box, ByteBuffer in, int bits) throws Mp4Exception {
        box.need(12 + ((long) count * bits + 7) / 8);
        sizes = new int[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = switch (bits) {
                case 32 -> in.getInt();
                case 16 -> in.getShort() & 0xffff;
                case 8 -> in.get() & 0xff;
                default -> (i & 1) == 0 ? in.get(in.position()) >> 4 & 0xf : in.get() & 0xf;
            };
            if (sizes[i] < 0) {
                throw new Mp4Exception("sample " + (i + 1) + " claims " + Integer.toUnsignedString(sizes[i]) + " bytes");
            }
        }
    }
}

package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** PAT and PMT of a stream with one programme, each in one packet: ISO/IEC 13818-1 sections 2.4.4.3 and 2.4.4.8. */
final class PsiWriter {
    static final int PAT_PID = 0;
    static final int PMT_PID = 0x1000;
    private static final int PROGRAM = 1;
    /** 183 bytes of a packet after the pointer field, less 16 of table and CRC, 5 for each track. */
    static final int MAX_TRACKS = (183 - 16) / 5;

    private PsiWriter() {
    }

    /** Fills the packet up: pointer field, section, stuffing. */
    static void pat(ByteBuf out) {
        out.writeByte(0);
        int start = out.writerIndex();
        header(out, 0, 13, 1, 0);
        out.writeShort(PROGRAM);
        out.writeShort(0xe000 | PMT_PID);
        close(out, start);
    }

    static void pmt(ByteBuf out, List<TsTrack> tracks, int pcrPid, int version) {
        out.writeByte(0);
        int start = out.writerIndex();
        header(out, 2, 13 + 5 * tracks.size(), PROGRAM, version);
        out.writeShort(0xe000 | pcrPid);
        out.writeShort(0xf000);
        for (TsTrack t : tracks) {
            out.writeByte(t.streamType());
            out.writeShort(0xe000 | t.pid());
            out.writeShort(0xf000);
        }
        close(out, start);
    }

    private static void header(ByteBuf out, int table, int length, int id, int version) {
        out.writeByte(table);
        out.writeShort(0xb000 | length);
        out.writeShort(id);
        out.writeByte(0xc1 | version << 1);
        out.writeShort(0);
    }

    private static void close(ByteBuf out, int start) {
        out.writeInt(Crc32Mpeg.of(out, start, out.writerIndex()));
        while (out.isWritable()) {
            out.writeByte(0xff);
        }
    }
}

package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;

/**
 * The elementary stream descriptor of 'mp4a' (ISO/IEC 14496-1 section 7.2.6.5, 14496-14 section 5.6): ES_Descriptor (3) holds DecoderConfigDescriptor (4),
 * which holds DecoderSpecificInfo (5).
 *
 * @param objectType      objectTypeIndication
 * @param decoderSpecific AudioSpecificConfig for AAC, else often empty
 */
record Esds(int objectType, byte[] decoderSpecific) {
    static final int AAC = 0x40;
    static final int AAC_MPEG2_MAIN = 0x66;
    static final int AAC_MPEG2_LC = 0x67;
    static final int AAC_MPEG2_SSR = 0x68;
    static final int MP3_MPEG2 = 0x69;
    static final int MP3_MPEG1 = 0x6b;

    private static final int ES = 3;
    private static final int DECODER_CONFIG = 4;
    private static final int DECODER_SPECIFIC = 5;
    private static final int SL_CONFIG = 6;
    /** Tag and length of a descriptor as we write it: lengths below 128 take one byte, and four are allowed. */
    private static final int LONG_HEADER = 5;
    /** streamType 5 (sound), upStream 0, reserved 1. */
    private static final int AUDIO_STREAM = 0x15;

    static Esds parse(Box esds) throws Mp4Exception {
        ByteBuffer es = descriptor(esds.fullReader(0), ES);
        skip(es, 2);
        int flags = u8(es);
        skip(es, (flags & 0x80) != 0 ? 2 : 0);
        skip(es, (flags & 0x40) != 0 ? u8(es) : 0);
        skip(es, (flags & 0x20) != 0 ? 2 : 0);
        ByteBuffer config = descriptor(es, DECODER_CONFIG);
        int objectType = u8(config);
        skip(config, 12);
        if (!config.hasRemaining()) {
            return new Esds(objectType, new byte[0]);
        }
        ByteBuffer specific = descriptor(config, DECODER_SPECIFIC);
        byte[] bytes = new byte[specific.remaining()];
        specific.get(bytes);
        return new Esds(objectType, bytes);
    }

    /** The body of the next descriptor: tag, then a length of up to four bytes of seven bits. */
    private static ByteBuffer descriptor(ByteBuffer in, int wanted) throws Mp4Exception {
        int tag = u8(in);
        if (tag != wanted) {
            throw new Mp4Exception("'esds' has descriptor " + tag + " where " + wanted + " was expected");
        }
        int length = 0;
        for (int i = 0; i < 4; i++) {
            int b = u8(in);
            length = length << 7 | b & 0x7f;
            if ((b & 0x80) == 0) {
                break;
            }
        }
        int start = in.position();
        skip(in, length);
        return in.duplicate().limit(start + length).position(start).slice();
    }

    private static int u8(ByteBuffer in) throws Mp4Exception {
        skip(in, 1);
        return in.get(in.position() - 1) & 0xff;
    }

    private static void skip(ByteBuffer in, int bytes) throws Mp4Exception {
        if (in.remaining() < bytes) {
            throw new Mp4Exception("'esds' is cut short: " + bytes + " bytes wanted, " + in.remaining() + " found");
        }
        in.position(in.position() + bytes);
    }

    /** The whole box; bit rates and buffer size are left unknown. */
    static void write(ByteBuf out, int objectType, byte[] decoderSpecific) {
        int specific = decoderSpecific.length == 0 ? 0 : LONG_HEADER + decoderSpecific.length;
        BoxOutput.full(out, "esds", 0, 0, () -> {
            header(out, ES, 3 + LONG_HEADER + 13 + specific + LONG_HEADER + 1);
            out.writeShort(0).writeByte(0);
            header(out, DECODER_CONFIG, 13 + specific);
            out.writeByte(objectType).writeByte(AUDIO_STREAM).writeZero(11);
            if (specific > 0) {
                header(out, DECODER_SPECIFIC, decoderSpecific.length);
                out.writeBytes(decoderSpecific);
            }
            header(out, SL_CONFIG, 1);
            out.writeByte(2);
        });
    }

    private static void header(ByteBuf out, int tag, int length) {
        out.writeByte(tag).writeByte(length >> 21 | 0x80).writeByte(length >> 14 | 0x80).writeByte(length >> 7 | 0x80).writeByte(length & 0x7f);
    }
}

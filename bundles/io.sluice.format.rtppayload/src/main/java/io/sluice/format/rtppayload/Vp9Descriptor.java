package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.format.rtp.RtpException;

/**
 * The descriptor before each piece of VP9, RFC 9628 section 4.2.
 *
 * <pre>
 * |I|P|L|F|B|E|V|Z|  then, by I: picture id; by L: layers; by P and F: references; by V: scalability structure
 * </pre>
 *
 * @param begin of a layer's frame
 * @param bytes of the descriptor
 */
record Vp9Descriptor(boolean begin, boolean end, int bytes) {
    private static final int MAX_REFERENCES = 3;

    static Vp9Descriptor parse(ByteBuf payload) {
        ByteBuf in = payload.slice();
        try {
            int first = in.readUnsignedByte();
            if ((first & 0x80) != 0 && (in.readUnsignedByte() & 0x80) != 0) {
                in.skipBytes(1);
            }
            if ((first & 0x20) != 0) {
                in.skipBytes((first & 0x10) != 0 ? 1 : 2);
            }
            if ((first & 0x50) == 0x50) {
                skipReferences(in);
            }
            if ((first & 0x02) != 0) {
                skipStructure(in);
            }
            return new Vp9Descriptor((first & 0x08) != 0, (first & 0x04) != 0, in.readerIndex());
        } catch (IndexOutOfBoundsException e) {
            throw new RtpException("RTP payload of VP9: wanted all of its descriptor, found " + payload.readableBytes() + " bytes");
        }
    }

    private static void skipReferences(ByteBuf in) {
        for (int i = 0; i < MAX_REFERENCES; i++) {
            if ((in.readUnsignedByte() & 1) == 0) {
                return;
            }
        }
        throw new RtpException("RTP payload of VP9: wanted at most " + MAX_REFERENCES + " references, found more");
    }

    private static void skipStructure(ByteBuf in) {
        int head = in.readUnsignedByte();
        if ((head & 0x10) != 0) {
            in.skipBytes(4 * ((head >> 5) + 1));
        }
        int pictures = (head & 0x08) != 0 ? in.readUnsignedByte() : 0;
        for (int i = 0; i < pictures; i++) {
            in.skipBytes(in.readUnsignedByte() >> 2 & 3);
        }
    }
}

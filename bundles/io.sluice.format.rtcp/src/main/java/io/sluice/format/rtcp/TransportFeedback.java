package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import io.sluice.format.rtp.RtpException;
import java.util.Arrays;

/**
 * When packets came, by their transport-wide numbers: draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1. The array is not copied: treat it as read-only.
 *
 * @param sender        SSRC of whoever says it
 * @param media         SSRC of one of the streams
 * @param base          the first packet's number, 16 bits
 * @param referenceTime in units of 64 ms, 24 bits, unsigned
 * @param number        of this feedback, 8 bits
 * @param deltas        for each packet from the base on the time since the one before that came (the first: since the reference time) in units of 250 µs; {@link #LOST}
 *                      where it did not come
 */
public record TransportFeedback(long sender, long media, int base, int referenceTime, int number, int[] deltas) implements RtcpPacket {
    public static final int LOST = Integer.MIN_VALUE;
    /** More than a second of 50 Mbit/s, and bounds the array by what is worth reading. */
    private static final int MAX_PACKETS = 8192;
    private static final int VECTOR = 7;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    static TransportFeedback read(ByteBuf in) {
        long sender = in.readUnsignedInt();
        long media = in.readUnsignedInt();
        int base = in.readUnsignedShort();
        int count = in.readUnsignedShort();
        int reference = in.readUnsignedMedium();
        int number = in.readUnsignedByte();
        if (count > MAX_PACKETS) {
            throw new RtpException("RTCP: wanted feedback of at most " + MAX_PACKETS + " packets, found " + count);
        }
        byte[] symbols = new byte[count];
        for (int at = 0; at < count;) {
            at = chunk(in.readUnsignedShort(), symbols, at);
        }
        int[] deltas = new int[count];
        for (int i = 0; i < count; i++) {
            deltas[i] = symbols[i] == SMALL ? in.readUnsignedByte() : symbols[i] == LARGE ? in.readShort() : LOST;
        }
        return new TransportFeedback(sender, media, base, reference, number, deltas);
    }

    /** A run of one symbol, 14 symbols of one bit, or 7 of two. @return the index behind it */
    private static int chunk(int chunk, byte[] symbols, int from) {
        if ((chunk & 0x8000) == 0) {
            int to = Math.min(symbols.length, from + (chunk & 0x1fff));
            if (to == from) {
                throw new RtpException("RTCP: wanted a run of at least 1 packet in feedback, found 0");
            }
            Arrays.fill(symbols, from, to, (byte) (chunk >> 13 & 3));
            return to;
        }
        boolean two = (chunk & 0x4000) != 0;
        int length = two ? VECTOR : 2 * VECTOR;
        int to = Math.min(symbols.length, from + length);
        for (int i = from; i < to; i++) {
            int bit = length - 1 - (i - from);
            symbols[i] = (byte) (two ? chunk >> 2 * bit & 3 : chunk >> bit & 1);
        }
        return to;
    }

    /** In runs where packets are alike, else seven to a chunk. */
    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.TRANSPORT, Rtcp.TRANSPORT_CC);
        out.writeInt((int) sender).writeInt((int) media).writeShort(base).writeShort(deltas.length).writeMedium(referenceTime).writeByte(number);
        for (int i = 0; i < deltas.length;) {
            i += writeChunk(out, i);
        }
        for (int delta : deltas) {
            if (symbol(delta) == SMALL) {
                out.writeByte(delta);
            } else if (symbol(delta) == LARGE) {
                out.writeShort(delta);
            }
        }
        Rtcp.end(out, at);
    }

    private int writeChunk(ByteBuf out, int from) {
        int run = 1;
        while (from + run < deltas.length && run < 0x1fff && symbol(deltas[from + run]) == symbol(deltas[from])) {
            run++;
        }
        if (run >= VECTOR || from + run == deltas.length) {
            out.writeShort(symbol(deltas[from]) << 13 | run);
            return run;
        }
        int chunk = 0xc000;
        for (int i = 0; i < VECTOR && from + i < deltas.length; i++) {
            chunk |= symbol(deltas[from + i]) << 2 * (VECTOR - 1 - i);
        }
        out.writeShort(chunk);
        return VECTOR;
    }

    private static int symbol(int delta) {
        return delta == LOST ? 0 : delta >= 0 && delta <= 255 ? SMALL : LARGE;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TransportFeedback f && sender == f.sender && media == f.media && base == f.base && referenceTime == f.referenceTime && number == f.number
            && Arrays.equals(deltas, f.deltas);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(deltas);
    }

    @Override
    public String toString() {
        return "feedback " + number + " of " + deltas.length + " packets from " + base;
    }
}

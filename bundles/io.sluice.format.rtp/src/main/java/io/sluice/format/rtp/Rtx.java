package io.sluice.format.rtp;

import io.netty.buffer.ByteBuf;

/** Retransmission in a stream of its own, RFC 4588: the payload is the original sequence number and the original payload. */
public final class Rtx {
    /** The original sequence number. */
    public static final int OVERHEAD = 2;

    private Rtx() {
    }

    /**
     * Makes the original packet of a repeated one, within the same buffer.
     *
     * @param repeated    owned by the caller, and not to be used afterwards: the result has its buffer
     * @param payloadType of the original
     * @param ssrc        of the original
     * @return null where it repeats nothing, as probes for bandwidth do; the buffer is still the caller's then
     */
    public static RtpPacket original(RtpPacket repeated, int payloadType, long ssrc) {
        if (repeated.payloadBytes() < OVERHEAD) {
            return null;
        }
        ByteBuf buffer = repeated.buffer();
        int from = buffer.readerIndex();
        int sequence = buffer.getUnsignedShort(repeated.payloadAt());
        // the header moves onto the number
        for (int i = repeated.payloadAt() - 1; i >= from; i--) {
            buffer.setByte(i + OVERHEAD, buffer.getByte(i));
        }
        buffer.readerIndex(from + OVERHEAD);
        buffer.setByte(from + OVERHEAD + 1, (repeated.marker() ? 0x80 : 0) | payloadType).setShort(from + OVERHEAD + 2, sequence).setInt(from + OVERHEAD + 8, (int) ssrc);
        return RtpPacket.parse(buffer);
    }

    /**
     * Writes a packet again.
     *
     * @param original borrowed
     * @param sequence the next one of the RTX stream
     */
    public static void write(ByteBuf out, RtpPacket original, int payloadType, int sequence, long ssrc) {
        RtpPacket.writeHeader(out, original.marker(), payloadType, sequence, original.timestamp(), ssrc);
        out.writeShort(original.sequence()).writeBytes(original.buffer(), original.payloadAt(), original.payloadBytes());
    }
}

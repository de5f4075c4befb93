package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import io.sluice.format.rtp.RtpException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compound packets, RFC 3550 section 6.1, and those of reduced size, RFC 5506: packets one after the other, each with its length.
 *
 * <pre>
 * |V=2|P| count |      type     |  length in words, less one    |
 * </pre>
 */
public final class Rtcp {
    static final int HEADER = 4;
    static final int SR = 200;
    static final int RR = 201;
    static final int SDES = 202;
    static final int BYE = 203;
    static final int TRANSPORT = 205;
    static final int PAYLOAD = 206;
    static final int NACK = 1;
    static final int TRANSPORT_CC = 15;
    static final int PLI = 1;
    static final int FIR = 4;
    static final int APPLICATION = 15;
    private static final int REMB = 0x52454d42;

    private Rtcp() {
    }

    /** Whether a packet on the port that both share is RTCP, RFC 5761 section 4. */
    public static boolean is(ByteBuf packet) {
        int type = packet.readableBytes() < 2 ? 0 : packet.getUnsignedByte(packet.readerIndex() + 1);
        return type >= 192 && type <= 223;
    }

    /**
     * Reads all packets of a datagram. What it allocates is in proportion to the datagram's bytes.
     *
     * @param in borrowed, its indices stay
     * @throws RtpException where a length, a count or a padding goes beyond the datagram
     */
    public static List<RtcpPacket> parse(ByteBuf in) {
        List<RtcpPacket> packets = new ArrayList<>(4);
        int at = in.readerIndex();
        int end = in.writerIndex();
        while (at < end) {
            if (end - at < HEADER) {
                throw new RtpException("RTCP: wanted a header of 4 bytes, found " + (end - at));
            }
            int bytes = HEADER + 4 * in.getUnsignedShort(at + 2);
            if (in.getUnsignedByte(at) >> 6 != 2 || bytes > end - at) {
                throw new RtpException("RTCP: wanted version 2 and at most " + (end - at) + " bytes, found version " + (in.getUnsignedByte(at) >> 6) + " and " + bytes);
            }
            packets.add(packet(in.slice(at, bytes), at + bytes == end));
            at += bytes;
        }
        return packets;
    }

    /** @param in one packet, of whole words */
    private static RtcpPacket packet(ByteBuf in, boolean last) {
        int first = in.readUnsignedByte();
        int count = first & 0x1f;
        int type = in.readUnsignedByte();
        in.skipBytes(2);
        if ((first & 0x20) != 0) {
            int padding = in.isReadable() ? in.getUnsignedByte(in.writerIndex() - 1) : 0;
            if (!last || padding == 0 || padding > in.readableBytes()) {
                throw new RtpException("RTCP: wanted padding in the last packet only, of 1 to " + in.readableBytes() + " bytes, found " + padding);
            }
            in.writerIndex(in.writerIndex() - padding);
        }
        try {
            return body(in, type, count);
        } catch (IndexOutOfBoundsException e) {
            throw new RtpException("RTCP: wanted all of a packet of type " + type + " with count " + count + ", found " + (in.capacity() - HEADER) + " bytes behind its header");
        }
    }

    private static RtcpPacket body(ByteBuf in, int type, int count) {
        return switch (type) {
            case SR -> SenderReport.read(in, count);
            case RR -> ReceiverReport.read(in, count);
            case SDES -> SourceDescription.read(in, count);
            case BYE -> Bye.read(in, count);
            case TRANSPORT -> switch (count) {
                case NACK -> Nack.read(in);
                case TRANSPORT_CC -> TransportFeedback.read(in);
                default -> new OtherRtcp(type, count);
            };
            case PAYLOAD -> switch (count) {
                case PLI -> PictureLoss.read(in);
                case FIR -> FullIntraRequest.read(in);
                case APPLICATION -> in.readableBytes() >= 12 && in.getInt(in.readerIndex() + 8) == REMB ? Remb.read(in) : new OtherRtcp(type, count);
                default -> new OtherRtcp(type, count);
            };
            default -> new OtherRtcp(type, count);
        };
    }

    /** @return where the packet begins, for {@link #end} */
    static int begin(ByteBuf out, int type, int count) {
        int at = out.writerIndex();
        out.writeByte(0x80 | count).writeByte(type).writeShort(0);
        return at;
    }

    /** Fills up the last word and writes the length. */
    static void end(ByteBuf out, int begin) {
        while ((out.writerIndex() - begin & 3) != 0) {
            out.writeByte(0);
        }
        out.setShort(begin + 2, (out.writerIndex() - begin) / 4 - 1);
    }
}

package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks for packets again, RFC 4585 section 6.2.1.
 *
 * @param sender    SSRC of whoever asks
 * @param media     SSRC of the stream
 * @param sequences that are missing, 16 bits each; in order where it is to be written
 */
public record Nack(long sender, long media, List<Integer> sequences) implements RtcpPacket {
    private static final int MASK = 16;

    public Nack {
        sequences = List.copyOf(sequences);
    }

    static Nack read(ByteBuf in) {
        long sender = in.readUnsignedInt();
        long media = in.readUnsignedInt();
        List<Integer> sequences = new ArrayList<>(in.readableBytes() / 4);
        while (in.isReadable()) {
            int first = in.readUnsignedShort();
            int mask = in.readUnsignedShort();
            sequences.add(first);
            for (int i = 0; i < MASK; i++) {
                if ((mask >> i & 1) != 0) {
                    sequences.add(first + i + 1 & 0xffff);
                }
            }
        }
        return new Nack(sender, media, sequences);
    }

    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.TRANSPORT, Rtcp.NACK);
        out.writeInt((int) sender).writeInt((int) media);
        for (int i = 0; i < sequences.size();) {
            int first = sequences.get(i++);
            int mask = 0;
            while (i < sequences.size() && distance(first, i) >= 1 && distance(first, i) <= MASK) {
                mask |= 1 << distance(first, i++) - 1;
            }
            out.writeShort(first).writeShort(mask);
        }
        Rtcp.end(out, at);
    }

    private int distance(int first, int index) {
        return sequences.get(index) - first & 0xffff;
    }
}

package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Asks for key frames, RFC 5104 section 4.3.1.
 *
 * @param sender   SSRC of whoever asks
 * @param requests SSRC of each stream to the number of the request, which rises with each new one and stays when it is repeated
 */
public record FullIntraRequest(long sender, Map<Long, Integer> requests) implements RtcpPacket {
    private static final int ENTRY = 8;

    public FullIntraRequest {
        requests = Map.copyOf(requests);
    }

    static FullIntraRequest read(ByteBuf in) {
        long sender = in.readUnsignedInt();
        in.skipBytes(4);
        Map<Long, Integer> requests = new LinkedHashMap<>();
        while (in.readableBytes() >= ENTRY) {
            requests.put(in.readUnsignedInt(), (int) in.readUnsignedByte());
            in.skipBytes(3);
        }
        return new FullIntraRequest(sender, requests);
    }

    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.PAYLOAD, Rtcp.FIR);
        out.writeInt((int) sender).writeInt(0);
        requests.forEach((ssrc, number) -> out.writeInt((int) (long) ssrc).writeByte(number).writeMedium(0));
        Rtcp.end(out, at);
    }
}

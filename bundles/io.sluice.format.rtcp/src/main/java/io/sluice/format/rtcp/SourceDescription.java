package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;
import io.sluice.format.rtp.RtpException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** RFC 3550 section 6.5; of the items only the canonical name is kept. @param names SSRC to CNAME, "" where none was said */
public record SourceDescription(Map<Long, String> names) implements RtcpPacket {
    private static final int CNAME = 1;
    private static final int MAX_NAME = 255;

    public SourceDescription {
        names = Map.copyOf(names);
    }

    static SourceDescription read(ByteBuf in, int count) {
        Map<Long, String> names = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            int begin = in.readerIndex();
            long ssrc = in.readUnsignedInt();
            names.put(ssrc, items(in));
            in.readerIndex(begin + (in.readerIndex() - begin + 3 & ~3));
        }
        return new SourceDescription(names);
    }

    private static String items(ByteBuf in) {
        String name = "";
        for (int type = in.readUnsignedByte(); type != 0; type = in.readUnsignedByte()) {
            int length = in.readUnsignedByte();
            if (length > in.readableBytes()) {
                throw new RtpException("RTCP: wanted an item of " + length + " bytes, found " + in.readableBytes());
            }
            if (type == CNAME) {
                name = in.toString(in.readerIndex(), length, StandardCharsets.UTF_8);
            }
            in.skipBytes(length);
        }
        return name;
    }

    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.SDES, names.size());
        names.forEach((ssrc, name) -> {
            byte[] text = name.getBytes(StandardCharsets.UTF_8);
            int length = Math.min(text.length, MAX_NAME);
            int begin = out.writerIndex();
            out.writeInt((int) (long) ssrc).writeByte(CNAME).writeByte(length).writeBytes(text, 0, length).writeByte(0);
            out.writeZero(-(out.writerIndex() - begin) & 3);
        });
        Rtcp.end(out, at);
    }
}

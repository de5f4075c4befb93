package io.sluice.format.rtcp;

import io.netty.buffer.ByteBuf;

/** Asks for a key frame, RFC 4585 section 6.3.1. @param sender SSRC of whoever asks  @param media SSRC of the stream */
public record PictureLoss(long sender, long media) implements RtcpPacket {
    static PictureLoss read(ByteBuf in) {
        return new PictureLoss(in.readUnsignedInt(), in.readUnsignedInt());
    }

    @Override
    public void write(ByteBuf out) {
        int at = Rtcp.begin(out, Rtcp.PAYLOAD, Rtcp.PLI);
        out.writeInt((int) sender).writeInt((int) media);
        Rtcp.end(out, at);
    }
}

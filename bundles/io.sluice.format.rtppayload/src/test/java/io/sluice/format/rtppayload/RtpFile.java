package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.format.rtp.RtpPacket;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Packets in a file, each behind its length in two bytes, RFC 4571: what rtpstreampay writes and rtpstreamdepay reads. */
final class RtpFile {
    private RtpFile() {
    }

    static List<RtpPacket> read(Path file) throws IOException {
        ByteBuf in = Unpooled.wrappedBuffer(Files.readAllBytes(file));
        List<RtpPacket> packets = new ArrayList<>();
        while (in.isReadable()) {
            packets.add(RtpPacket.parse(in.readSlice(in.readUnsignedShort())));
        }
        return packets;
    }

    static void write(Path file, List<ByteBuf> packets) throws IOException {
        ByteBuf out = Unpooled.buffer();
        packets.forEach(packet -> out.writeShort(packet.readableBytes()).writeBytes(packet, packet.readerIndex(), packet.readableBytes()));
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        Files.write(file, bytes);
    }
}

package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.format.amf.AmfReader;
import io.sluice.format.amf.AmfWriter;
import io.sluice.format.rtmp.ChunkDecoder;
import io.sluice.format.rtmp.ChunkWriter;
import io.sluice.format.rtmp.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The client's side of the wire: bytes to send, and what came in words. */
final class Wire {
    static final byte[] AVCC = hex("0142c00dffe100166742c00dda0507ec0440000003004000000c83c50aa801000468ce0fc8");
    static final byte[] ASC = hex("1190");
    final ByteBuf bytes = Unpooled.buffer();
    private int chunkBytes = 128;

    static byte[] hex(String hex) {
        return ByteBufUtil.decodeHexDump(hex.replace(" ", ""));
    }

    /** C0, C1 and C2 of a plain handshake. */
    Wire handshake() {
        bytes.writeByte(3).writeZero(2 * 1536);
        return this;
    }

    Wire raw(String hex) {
        bytes.writeBytes(hex(hex));
        return this;
    }

    Wire chunkBytes(int size) {
        message(2, 0, Message.SET_CHUNK_SIZE, 0, Unpooled.buffer().writeInt(size));
        chunkBytes = size;
        return this;
    }

    Wire command(int streamId, Object... values) {
        ByteBuf payload = Unpooled.buffer();
        AmfWriter.write(payload, values);
        return message(3, 0, Message.COMMAND, streamId, payload);
    }

    Wire message(int csid, int timestamp, int type, int streamId, ByteBuf payload) {
        ChunkWriter.write(bytes, chunkBytes, csid, timestamp, type, streamId, payload);
        return this;
    }

    Wire connect() {
        return handshake().command(0, "connect", 1, Map.of("app", "live", "tcUrl", "rtmp://127.0.0.1/live")).command(0, "createStream", 2, null);
    }

    Wire publish(String name) {
        return connect().command(1, "publish", 3, null, name, "live");
    }

    Wire play(String name) {
        return connect().command(1, "play", 3, null, name);
    }

    Wire metadata(Map<String, Object> values) {
        ByteBuf payload = Unpooled.buffer();
        AmfWriter.write(payload, "@setDataFrame", "onMetaData", values);
        return message(5, 0, Message.DATA, 1, payload);
    }

    Wire configurations(int timestamp) {
        return video(timestamp, "17 00 000000" + ByteBufUtil.hexDump(AVCC)).audio(timestamp, "af 00" + ByteBufUtil.hexDump(ASC));
    }

    Wire video(int timestamp, String hex) {
        return message(6, timestamp, Message.VIDEO, 1, Unpooled.wrappedBuffer(hex(hex)));
    }

    Wire audio(int timestamp, String hex) {
        return message(4, timestamp, Message.AUDIO, 1, Unpooled.wrappedBuffer(hex(hex)));
    }

    /** A NAL unit of so many bytes, behind its length, of an access unit that is or is not a key frame. */
    Wire frame(int timestamp, int compositionMillis, boolean key, int nalBytes) {
        ByteBuf body = Unpooled.buffer().writeByte(key ? 0x17 : 0x27).writeByte(1).writeMedium(compositionMillis).writeInt(nalBytes).writeByte(key ? 0x65 : 0x41);
        for (int i = 1; i < nalBytes; i++) {
            body.writeByte(i * 31 + timestamp);
        }
        return message(6, timestamp, Message.VIDEO, 1, body);
    }

    /** One message that came, in words: commands and data as their values, others as type, time and size. */
    record Seen(int type, int streamId, long timestamp, String text, byte[] payload) {
        boolean media() {
            return type == Message.VIDEO || type == Message.AUDIO;
        }

        @Override
        public String toString() {
            return type + "@" + timestamp + " " + text;
        }
    }

    /** Decodes what a server sent, from S0 on where there is a handshake. Moves the buffer on. */
    static List<Seen> seen(ByteBuf sent, boolean handshake) {
        if (handshake) {
            sent.skipBytes(1 + 2 * 1536);
        }
        return seen(new ChunkDecoder(), sent);
    }

    static List<Seen> seen(ChunkDecoder decoder, ByteBuf sent) {
        List<Seen> seen = new ArrayList<>();
        decoder.decode(sent, () -> 1 << 24, m -> {
            if (m.type() == Message.SET_CHUNK_SIZE) {
                decoder.chunkBytes(m.payload().getInt(m.payload().readerIndex()));
            }
            boolean amf = m.type() == Message.COMMAND || m.type() == Message.DATA;
            byte[] payload = ByteBufUtil.getBytes(m.payload());
            String text = amf ? new AmfReader(m.payload().slice()).readAll().toString() : ByteBufUtil.hexDump(payload);
            seen.add(new Seen(m.type(), m.streamId(), Integer.toUnsignedLong(m.timestamp()), text, payload));
        });
        return seen;
    }
}

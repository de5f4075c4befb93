package io.sluice.format.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Connection;
import io.sluice.format.amf.AmfWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Sends commands and control messages to one peer, in chunks of the size that it was told. On the connection's loop. */
public final class Outbox {
    public static final int STREAM_BEGIN = 0;
    public static final int STREAM_EOF = 1;
    public static final int PING_REQUEST = 6;
    public static final int PING_RESPONSE = 7;
    private static final int DYNAMIC_LIMIT = 2;

    private final Connection connection;
    private int chunkBytes;

    public Outbox(Connection connection, int chunkBytes) {
        this.connection = connection;
        this.chunkBytes = chunkBytes;
    }

    public int chunkBytes() {
        return chunkBytes;
    }

    /** Tells the peer the size of the chunks that follow. */
    public void chunkBytes(int bytes) {
        control(Message.SET_CHUNK_SIZE, bytes);
        chunkBytes = bytes;
    }

    public void acknowledge(long receivedBytes) {
        control(Message.ACKNOWLEDGEMENT, (int) receivedBytes);
    }

    public void window(int bytes) {
        control(Message.WINDOW_ACK_SIZE, bytes);
    }

    public void peerBandwidth(int bytes) {
        send(ChunkWriter.CONTROL, Message.SET_PEER_BANDWIDTH, 0, Unpooled.buffer(5).writeInt(bytes).writeByte(DYNAMIC_LIMIT));
    }

    /** Section 7.1.7. */
    public void userControl(int event, int value) {
        send(ChunkWriter.CONTROL, Message.USER_CONTROL, 0, Unpooled.buffer(6).writeShort(event).writeInt(value));
    }

    private void control(int type, int value) {
        send(ChunkWriter.CONTROL, type, 0, Unpooled.buffer(4).writeInt(value));
    }

    /** A command, section 7.1.1: its name, transaction, and the rest. */
    public void command(int streamId, Object... values) {
        amf(ChunkWriter.COMMANDS, Message.COMMAND, streamId, values);
    }

    public void data(int streamId, Object... values) {
        amf(ChunkWriter.DATA, Message.DATA, streamId, values);
    }

    /** onStatus, section 7.2.2. */
    public void status(int streamId, Status status) {
        command(streamId, "onStatus", 0, null, status.toMap());
    }

    private void amf(int chunkStream, int type, int streamId, Object... values) {
        ByteBuf payload = Unpooled.buffer();
        AmfWriter.write(payload, values);
        send(chunkStream, type, streamId, payload);
    }

    /** The payload is of the heap and not released. */
    private void send(int chunkStream, int type, int streamId, ByteBuf payload) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.buffer(ChunkWriter.sizeOf(payload.readableBytes(), chunkBytes));
        ChunkWriter.write(out, chunkBytes, chunkStream, 0, type, streamId, payload);
        connection.write(out);
    }

    /** What a status object says. */
    public record Status(boolean error, String code, String description) {
        public static Status ok(String code, String description) {
            return new Status(false, code, description);
        }

        public static Status error(String code, String description) {
            return new Status(true, code, description);
        }

        public Map<String, Object> toMap() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("level", error ? "error" : "status");
            map.put("code", code);
            map.put("description", description);
            return map;
        }
    }
}

package io.sluice.format.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Snapshot;

/**
 * What is remembered of one incoming chunk stream: the header that later ones shorten, and the message that is on its way. Its buffer lies on the heap, so nothing
 * needs to be released when another version takes over.
 */
final class ChunkStream {
    /** The buffer begins with what comes, at least this, and doubles as more comes: a peer pays for memory with bytes, not with a length. */
    private static final int FIRST_CAPACITY = 128;
    /** A buffer is kept for the next message up to this size: above it are key frames, seconds apart. */
    private static final int KEPT_CAPACITY = 256 * 1024;

    final int id;
    /** Of the message that is or was last on its way; wraps. */
    int timestamp;
    /** What a shorter header adds to the timestamp. */
    int delta;
    int length;
    int type;
    int streamId;
    /** The last header's time field overflowed, so each chunk carries 32 more bits: {@link #delta}. */
    boolean extended;
    /** A message's first header has come, and not all of its payload. */
    boolean begun;
    private ByteBuf payload = Unpooled.EMPTY_BUFFER;

    ChunkStream(int id) {
        this.id = id;
    }

    int received() {
        return payload.readableBytes();
    }

    int missing() {
        return length - received();
    }

    /** Takes bytes from the buffer, which is borrowed. */
    void append(ByteBuf in, int bytes) {
        if (payload.capacity() == 0) {
            payload = Unpooled.buffer(Math.min(length, Math.max(bytes, FIRST_CAPACITY)));
        }
        payload.writeBytes(in, bytes);
    }

    /** The whole message, to be used before the next {@link #append}. */
    ByteBuf payload() {
        return payload;
    }

    /** Forgets the payload: it was handed out, or the peer gave it up. */
    void finish() {
        begun = false;
        payload = payload.capacity() > KEPT_CAPACITY ? Unpooled.EMPTY_BUFFER : payload.clear();
    }

    Snapshot snapshot(int schema) {
        byte[] bytes = new byte[received()];
        payload.getBytes(payload.readerIndex(), bytes);
        return Snapshot.of(schema).put("id", id).put("timestamp", timestamp).put("delta", delta).put("length", length).put("type", type).put("streamId", streamId)
            .put("extended", extended).put("begun", begun).put("payload", bytes).build();
    }

    static ChunkStream from(Fields fields) {
        ChunkStream s = new ChunkStream(fields.integer("id"));
        s.timestamp = fields.integer("timestamp");
        s.delta = fields.integer("delta");
        s.length = fields.integer("length");
        s.type = fields.integer("type");
        s.streamId = fields.integer("streamId");
        s.extended = fields.flag("extended", false);
        s.begun = fields.flag("begun", false);
        byte[] bytes = fields.bytes("payload");
        s.append(Unpooled.wrappedBuffer(bytes), bytes.length);
        return s;
    }
}

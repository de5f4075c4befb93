package io.sluice.format.rtmp;

import io.netty.buffer.ByteBuf;

/**
 * Writes messages as chunks: a full header (type 0) with an absolute time, then headers of type 3. No chunk depends on an earlier message, so the bytes
 * of a message are the same for everybody who uses the chunk size.
 */
public final class ChunkWriter {
    /** Chunk streams of ours: below 64, so that the basic header is one byte; 2 is the protocol's own, section 5.4. */
    public static final int CONTROL = 2;
    public static final int COMMANDS = 3;
    public static final int AUDIO = 4;
    public static final int DATA = 5;
    public static final int VIDEO = 6;
    private static final int EXTENDED = 0xFFFFFF;
    private static final int CONTINUATION = 0xC0;
    private static final int FULL_HEADER_BYTES = 16;
    private static final int CONTINUATION_BYTES = 5;

    private ChunkWriter() {
    }

    /** Never less than what a message of so many bytes takes. */
    public static int sizeOf(int payloadBytes, int chunkBytes) {
        return FULL_HEADER_BYTES + payloadBytes + (payloadBytes / chunkBytes) * CONTINUATION_BYTES;
    }

    /**
     * Appends a message whose payload is the readable bytes of the parts, one after the other. All buffers are borrowed, the parts' indices stay.
     *
     * @param timestamp milliseconds, the lowest 32 bits count
     */
    public static void write(ByteBuf out, int chunkBytes, int chunkStream, int timestamp, int type, int streamId, ByteBuf... parts) {
        int length = 0;
        for (ByteBuf part : parts) {
            length += part.readableBytes();
        }
        boolean extended = Integer.compareUnsigned(timestamp, EXTENDED) >= 0;
        out.writeByte(chunkStream).writeMedium(extended ? EXTENDED : timestamp).writeMedium(length).writeByte(type).writeIntLE(streamId);
        if (extended) {
            out.writeInt(timestamp);
        }
        int room = chunkBytes;
        for (ByteBuf part : parts) {
            int at = part.readerIndex();
            while (at < part.writerIndex()) {
                if (room == 0) {
                    out.writeByte(CONTINUATION | chunkStream);
                    if (extended) {
                        out.writeInt(timestamp);
                    }
                    room = chunkBytes;
                }
                int bytes = Math.min(room, part.writerIndex() - at);
                out.writeBytes(part, at, bytes);
                at += bytes;
                room -= bytes;
            }
        }
    }
}

package io.sluice.format.rtmp;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.net.Snapshot;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Puts incoming chunks together to messages, section 5.3.1. Payload is taken as it comes; at most a chunk's header stays unread in the buffer.
 *
 * <pre>
 *  |fmt 2|csid 6| [csid 8 or 16]   fmt 0: time 24, length 24, type 8, stream id 32 (little-endian)
 *                                  fmt 1: delta 24, length 24, type 8    fmt 2: delta 24    fmt 3: nothing
 *  [time 32 where the 24 bits were all ones]
 * </pre>
 */
public final class ChunkDecoder {
    /** Clients use 3 to 8 chunk streams; Enhanced RTMP's many tracks stay below this. */
    public static final int MAX_CHUNK_STREAMS = 64;
    /** Section 5.4.1: the size has 31 bits, but no message is longer than this. */
    public static final int MAX_CHUNK_BYTES = 0xFFFFFF;
    public static final int FIRST_CHUNK_BYTES = 128;
    private static final int EXTENDED = 0xFFFFFF;
    private static final int[] HEADER_BYTES = {11, 7, 3, 0};

    private final Map<Integer, ChunkStream> streams = new HashMap<>();
    private int chunkBytes = FIRST_CHUNK_BYTES;
    /** Payload of unfinished messages, of all chunk streams. */
    private long heldBytes;
    /** Whose chunk is being read, or null between chunks. */
    private ChunkStream current;
    private int missingInChunk;

    /**
     * Reads what it can. The buffer is borrowed, and so is each message's payload by the consumer.
     *
     * @param maxMessageBytes asked before each message: larger ones are refused; unfinished ones may hold twice that in all, since sound and pictures interleave
     * @throws ProtocolException where the peer breaks the rules or a limit
     */
    public void decode(ByteBuf in, IntSupplier maxMessageBytes, Consumer<Message> messages) {
        while (current != null || readHeader(in, maxMessageBytes.getAsInt())) {
            if (!readPayload(in, 2L * maxMessageBytes.getAsInt(), messages)) {
                return;
            }
        }
    }

    private boolean readHeader(ByteBuf in, int maxMessageBytes) {
        int at = in.readerIndex();
        int there = in.readableBytes();
        if (there < 1) {
            return false;
        }
        int first = in.getUnsignedByte(at);
        int format = first >> 6;
        int idBytes = (first & 63) > 1 ? 1 : (first & 63) + 2;
        if (there < idBytes + HEADER_BYTES[format]) {
            return false;
        }
        ChunkStream s = stream(id(in, at, first), format);
        int end = s.begun ? skipRepeatedTime(in, at + idBytes, s) : readMessageHeader(in, at + idBytes, format, s, maxMessageBytes);
        if (end < 0) {
            return false;
        }
        in.readerIndex(end);
        current = s;
        missingInChunk = Math.min(chunkBytes, s.missing());
        return true;
    }

    private static int id(ByteBuf in, int at, int first) {
        return switch (first & 63) {
            case 0 -> 64 + in.getUnsignedByte(at + 1);
            case 1 -> 64 + in.getUnsignedByte(at + 1) + (in.getUnsignedByte(at + 2) << 8);
            default -> first & 63;
        };
    }

    private ChunkStream stream(int id, int format) {
        ChunkStream s = streams.get(id);
        if (s == null) {
            if (format > 1) {
                throw new ProtocolException("chunk stream " + id + " begins with a header of type " + format + ", which needs one before it");
            }
            if (streams.size() == MAX_CHUNK_STREAMS) {
                throw new ProtocolException("more than " + MAX_CHUNK_STREAMS + " chunk streams");
            }
            s = new ChunkStream(id);
            streams.put(id, s);
        } else if (s.begun && format != 3) {
            throw new ProtocolException("chunk stream " + id + ": a new header (type " + format + ") came after " + s.received() + " of a message's "
                + s.length + " bytes");
        }
        return s;
    }

    /** @return where the payload begins, or -1 where more bytes are needed */
    private int readMessageHeader(ByteBuf in, int at, int format, ChunkStream s, int maxMessageBytes) {
        int next = at + HEADER_BYTES[format];
        boolean extended = format == 3 ? s.extended : in.getUnsignedMedium(at) == EXTENDED;
        if (extended && in.writerIndex() < next + 4) {
            return -1;
        }
        int length = format < 2 ? in.getUnsignedMedium(at + 3) : s.length;
        if (length > maxMessageBytes) {
            throw new ProtocolException("a message of " + length + " bytes, at most " + maxMessageBytes + " are taken (maxMessageBytes)");
        }
        if (extended) {
            s.delta = in.getInt(next);
            next += 4;
        } else if (format < 3) {
            s.delta = in.getUnsignedMedium(at);
        }
        s.extended = extended;
        s.length = length;
        s.timestamp = format == 0 ? s.delta : s.timestamp + s.delta;
        s.type = format < 2 ? in.getUnsignedByte(at + 6) : s.type;
        s.streamId = format == 0 ? in.getIntLE(at + 7) : s.streamId;
        s.begun = true;
        return next;
    }

    /**
     * Within a message every chunk repeats the extended time (section 5.3.1.3), but some clients leave it out: four bytes that are not that time are payload.
     *
     * @return where the payload goes on, or -1 where more bytes are needed to tell
     */
    private static int skipRepeatedTime(ByteBuf in, int at, ChunkStream s) {
        if (!s.extended) {
            return at;
        }
        for (int i = 0; i < 4; i++) {
            if (at + i == in.writerIndex()) {
                return -1;
            }
            if (in.getByte(at + i) != (byte) (s.delta >> 24 - 8 * i)) {
                return at;
            }
        }
        return at + 4;
    }

    /** @return false where the chunk's end has not come yet */
    private boolean readPayload(ByteBuf in, long maxHeldBytes, Consumer<Message> messages) {
        ChunkStream s = current;
        int bytes = Math.min(missingInChunk, in.readableBytes());
        if (s.received() == 0 && bytes == s.length) {
            current = null;
            s.finish();
            messages.accept(new Message(s.type, s.streamId, s.timestamp, in.readSlice(bytes)));
            return true;
        }
        if (heldBytes + bytes > maxHeldBytes) {
            throw new ProtocolException("unfinished messages of more than " + maxHeldBytes + " bytes on " + streams.size() + " chunk streams");
        }
        s.append(in, bytes);
        heldBytes += bytes;
        missingInChunk -= bytes;
        if (missingInChunk > 0) {
            return false;
        }
        current = null;
        if (s.missing() == 0) {
            heldBytes -= s.length;
            s.begun = false;
            messages.accept(new Message(s.type, s.streamId, s.timestamp, s.payload()));
            s.finish();
        }
        return true;
    }

    /** Section 5.4.1; the highest bit must be 0, and above 16,777,215 all sizes are the same. */
    public void chunkBytes(int bytes) {
        if (bytes < 1) {
            throw new ProtocolException("Set Chunk Size to " + Integer.toUnsignedString(bytes) + ", wanted 1 to 2147483647");
        }
        chunkBytes = Math.min(bytes, MAX_CHUNK_BYTES);
    }

    /** Section 5.4.2: the peer gives up a message that it has begun. */
    public void abort(int id) {
        ChunkStream s = streams.get(id);
        if (s != null && s.begun) {
            heldBytes -= s.received();
            s.finish();
        }
    }

    /** Schema 2 calls "chunkIn" by its unit and writes both names, so that schema 1 can read it. */
    public Snapshot snapshot(int schema) {
        Snapshot.Builder b = Snapshot.of(schema).put("chunkIn", chunkBytes);
        if (schema >= 2) {
            b.put("inboundChunkBytes", chunkBytes);
        }
        return b.put("current", current == null ? 0 : current.id).put("missingInChunk", missingInChunk)
            .put("streams", streams.values().stream().map(s -> s.snapshot(schema)).toList()).build();
    }

    public static ChunkDecoder from(Fields fields) {
        ChunkDecoder d = new ChunkDecoder();
        d.chunkBytes = fields.renamed("inboundChunkBytes", "chunkIn");
        for (Fields f : fields.list("streams")) {
            ChunkStream s = ChunkStream.from(f);
            d.streams.put(s.id, s);
            d.heldBytes += s.received();
        }
        d.current = d.streams.get(fields.integer("current"));
        d.missingInChunk = fields.integer("missingInChunk");
        return d;
    }
}

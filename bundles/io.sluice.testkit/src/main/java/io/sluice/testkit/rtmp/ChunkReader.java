package io.sluice.testkit.rtmp;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/** Reads messages from chunks (RTMP 1.0, 5.3), strictly: a peer's mistake is an exception. One thread. */
public final class ChunkReader {
    private static final int EXTENDED = 0xFFFFFF;
    /** No test sends a greater message; a greater length means that we lost the place in the stream. */
    private static final int MAX_MESSAGE = 16 << 20;

    private final DataInputStream in;
    private final Map<Integer, ChunkStream> streams = new HashMap<>();
    private int chunkSize = 128;
    private long bytes;

    private static final class ChunkStream {
        private long timestamp;
        private long delta;
        private boolean extended;
        private int length;
        private int type;
        private int stream;
        private byte[] payload;
        private int filled;
    }

    public ChunkReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Bytes read so far, for acknowledgements. */
    public long bytes() {
        return bytes;
    }

    /** The next whole message, after Set Chunk Size and Abort (which are returned, too) took effect. Blocks. @throws EOFException between chunks or within one */
    public RtmpMessage next() throws IOException {
        while (true) {
            RtmpMessage message = chunk();
            if (message != null) {
                apply(message);
                return message;
            }
        }
    }

    private RtmpMessage chunk() throws IOException {
        int first = u8();
        int id = chunkStreamId(first & 0x3F);
        ChunkStream s = streams.computeIfAbsent(id, k -> new ChunkStream());
        header(s, first >> 6, id);
        int size = Math.min(chunkSize, s.length - s.filled);
        in.readFully(s.payload, s.filled, size);
        bytes += size;
        s.filled += size;
        if (s.filled < s.length) {
            return null;
        }
        RtmpMessage message = new RtmpMessage(id, s.type, s.stream, s.timestamp, s.payload);
        s.payload = null;
        s.filled = 0;
        return message;
    }

    private int chunkStreamId(int field) throws IOException {
        return switch (field) {
            case 0 -> 64 + u8();
            case 1 -> 64 + u8() + 256 * u8();
            default -> field;
        };
    }

    private void header(ChunkStream s, int format, int id) throws IOException {
        boolean fresh = s.payload == null;
        if (!fresh && format != 3) {
            throw new IOException("chunk stream " + id + ": a header of format " + format + " within a message of which " + s.filled + " of " + s.length + " bytes came");
        }
        if (format == 3) {
            continued(s, fresh, id);
        } else {
            started(s, format);
        }
        if (fresh) {
            if (s.length > MAX_MESSAGE) {
                throw new IOException("chunk stream " + id + ": a message of " + s.length + " bytes");
            }
            s.payload = new byte[s.length];
        }
    }

    private void started(ChunkStream s, int format) throws IOException {
        long time = u24();
        if (format < 2) {
            s.length = (int) u24();
            s.type = u8();
        }
        if (format == 0) {
            s.stream = Integer.reverseBytes((int) u32());
        }
        s.extended = time == EXTENDED;
        if (s.extended) {
            time = u32();
        }
        s.delta = time;
        s.timestamp = format == 0 ? time : s.timestamp + time & 0xFFFFFFFFL;
    }

    private void continued(ChunkStream s, boolean fresh, int id) throws IOException {
        if (s.type == 0) {
            throw new IOException("chunk stream " + id + " begins with a header of format 3");
        }
        if (s.extended) {
            long repeated = u32();
            if (repeated != s.delta) {
                throw new IOException("chunk stream " + id + ": extended timestamp " + repeated + " in a chunk of format 3 after " + s.delta);
            }
        }
        if (fresh) {
            s.timestamp = s.timestamp + s.delta & 0xFFFFFFFFL;
        }
    }

    private void apply(RtmpMessage message) throws IOException {
        if (message.type() == RtmpMessage.SET_CHUNK_SIZE) {
            int size = ByteBuffer.wrap(message.payload()).getInt();
            if (size < 1) {
                throw new IOException("Set Chunk Size " + size);
            }
            chunkSize = size;
        } else if (message.type() == RtmpMessage.ABORT) {
            ChunkStream aborted = streams.get(ByteBuffer.wrap(message.payload()).getInt());
            if (aborted != null) {
                aborted.payload = null;
                aborted.filled = 0;
            }
        }
    }

    private int u8() throws IOException {
        bytes++;
        return in.readUnsignedByte();
    }

    private long u24() throws IOException {
        return (long) u8() << 16 | u8() << 8 | u8();
    }

    private long u32() throws IOException {
        bytes += 4;
        return in.readInt() & 0xFFFFFFFFL;
    }
}

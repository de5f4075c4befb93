package io.sluice.testkit.rtmp;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** Writes messages as chunks (RTMP 1.0, 5.3): a full header first, deltas while time does not go back, extended timestamps repeated in every chunk. One thread at a time. */
public final class ChunkWriter {
    private static final int EXTENDED = 0xFFFFFF;

    private final OutputStream out;
    private final Map<Integer, Previous> streams = new HashMap<>();
    private int chunkSize = 128;

    private record Previous(long timestamp, int stream) {
    }

    public ChunkWriter(OutputStream out) {
        this.out = out;
    }

    /** Takes effect with the next message; the caller has told the peer. */
    public void chunkSize(int bytes) {
        chunkSize = bytes;
    }

    /** Writes and flushes one message. */
    public synchronized void write(RtmpMessage message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(message.payload().length + 64);
        DataOutputStream data = new DataOutputStream(bytes);
        Previous previous = streams.put(message.chunkStream(), new Previous(message.timestamp(), message.stream()));
        long delta = previous == null ? 0 : message.timestamp() - previous.timestamp() & 0xFFFFFFFFL;
        boolean full = previous == null || previous.stream() != message.stream() || delta > Integer.MAX_VALUE;
        long time = full ? message.timestamp() : delta;
        head(data, full ? 0 : 1, message.chunkStream());
        u24(data, Math.min(time, EXTENDED));
        u24(data, message.payload().length);
        data.writeByte(message.type());
        if (full) {
            data.writeInt(Integer.reverseBytes(message.stream()));
        }
        payload(data, message, time);
        out.write(bytes.toByteArray());
        out.flush();
    }

    private void payload(DataOutputStream data, RtmpMessage message, long time) throws IOException {
        byte[] payload = message.payload();
        for (int at = 0; at == 0 || at < payload.length; at += chunkSize) {
            if (at > 0) {
                head(data, 3, message.chunkStream());
            }
            if (time >= EXTENDED) {
                data.writeInt((int) time);
            }
            data.write(payload, at, Math.min(chunkSize, payload.length - at));
        }
    }

    private static void head(DataOutputStream data, int format, int chunkStream) throws IOException {
        if (chunkStream < 2 || chunkStream > 63) {
            throw new IllegalArgumentException("chunk stream " + chunkStream + ": this client writes 2 to 63 only");
        }
        data.writeByte(format << 6 | chunkStream);
    }

    private static void u24(DataOutputStream data, long value) throws IOException {
        data.writeByte((int) (value >> 16));
        data.writeShort((int) value);
    }
}

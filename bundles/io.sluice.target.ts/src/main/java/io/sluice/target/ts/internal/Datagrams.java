package io.sluice.target.ts.internal;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * Cuts bytes into datagrams of whole packets and sends them evenly: at each turn a share of what waits, so that a key frame does not go out at once, which would be more than the
 * buffers on its way hold. One thread at a time; never blocks.
 */
final class Datagrams implements AutoCloseable {
    private static final int PACKET = 188;

    private final Outlet outlet;
    private final int bytes;
    private final int turns;
    private final ArrayDeque<ByteBuffer> waiting = new ArrayDeque<>();
    private ByteBuffer open;
    private long sent;
    private long sentBytes;

    /**
     * @param outlet  closed here
     * @param packets in a datagram
     * @param turns   over which what waits is spread
     */
    Datagrams(Outlet outlet, int packets, int turns) {
        this.outlet = outlet;
        this.bytes = outlet.headBytes() + packets * PACKET;
        this.turns = turns;
        this.open = empty();
    }

    private ByteBuffer empty() {
        return ByteBuffer.allocate(bytes).position(outlet.headBytes());
    }

    /** Takes all bytes, which are whole packets; what does not fill a datagram waits for more. */
    void add(ByteBuf packets) {
        while (packets.isReadable()) {
            int size = Math.min(open.remaining(), packets.readableBytes());
            open.limit(open.position() + size);
            packets.readBytes(open);
            open.limit(bytes);
            if (!open.hasRemaining()) {
                flush();
            }
        }
    }

    /** What does not fill a datagram goes as it is. */
    void flush() {
        if (open.position() > outlet.headBytes()) {
            waiting.add(open.flip());
            open = empty();
        }
    }

    int waiting() {
        return waiting.size();
    }

    /** Sends a turn's share; what the kernel has no room for waits for the next. @throws IOException when nothing can be sent there */
    void turn() throws IOException {
        for (int share = (waiting.size() + turns - 1) / turns; share > 0; share--) {
            int size = waiting.peek().remaining();
            if (!outlet.send(waiting.peek())) {
                return;
            }
            waiting.poll();
            sent++;
            sentBytes += size;
        }
    }

    long sent() {
        return sent;
    }

    long sentBytes() {
        return sentBytes;
    }

    @Override
    public void close() throws IOException {
        outlet.close();
    }
}

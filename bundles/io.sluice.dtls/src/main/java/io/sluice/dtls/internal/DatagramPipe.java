package io.sluice.dtls.internal;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.bouncycastle.tls.DatagramTransport;

/** Between the event loop, where datagrams come, and the thread that waits for them in a handshake. */
final class DatagramPipe implements DatagramTransport {
    /** Bytes of a datagram that goes through nearly everywhere, as WebRTC's stacks assume. */
    private static final int SEND_BYTES = 1200;
    private static final int RECEIVE_BYTES = 2048;
    /** A handshake's flights, a few times over. */
    private static final int WAITING = 32;

    private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Consumer<byte[]> out;
    private volatile boolean closed;

    /** @param out from any thread */
    DatagramPipe(Consumer<byte[]> out) {
        this.out = out;
    }

    /** What does not fit is lost: DTLS repeats. */
    void offer(byte[] datagram) {
        waiting.offer(datagram);
    }

    /** Nothing is to be read: nothing came, or it is closed. */
    boolean isEmpty() {
        return closed || waiting.isEmpty();
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_BYTES;
    }

    @Override
    public int getSendLimit() {
        return SEND_BYTES;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws IOException {
        try {
            if (closed) {
                throw new IOException("the peer is gone");
            }
            byte[] datagram = waitMillis <= 0 ? waiting.poll() : waiting.poll(waitMillis, TimeUnit.MILLISECONDS);
            if (datagram == null) {
                return -1;
            }
            int bytes = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, buffer, offset, bytes);
            return bytes;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        if (!closed) {
            out.accept(java.util.Arrays.copyOfRange(buffer, offset, offset + length));
        }
    }

    /** A thread that waits is let go. */
    @Override
    public void close() {
        closed = true;
        waiting.clear();
        waiting.offer(new byte[0]);
    }
}

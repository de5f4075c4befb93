package io.sluice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between any client and a server and counts every byte in both directions: what a server says it has moved can be held against it. When a client leaves, the
 * rest of what the server sends is still read and counted. From any thread.
 */
public final class CountingRelay implements AutoCloseable {
    private static final int PIECE = 1 << 16;
    private final ServerSocket listening;
    private final URI server;
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();
    private final AtomicLong relayed = new AtomicLong();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    /** @param server host and port count */
    public CountingRelay(URI server) throws IOException {
        this.server = server;
        listening = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        thread(this::accept);
    }

    /** The same address by way of this relay. */
    public URI through(URI uri) {
        return URI.create(uri.toString().replace("127.0.0.1:" + server.getPort(), "127.0.0.1:" + listening.getLocalPort()));
    }

    /** From clients to the server. */
    public long up() {
        return up.get();
    }

    /** From the server. */
    public long down() {
        return down.get();
    }

    /** Connections so far. */
    public long relayed() {
        return relayed.get();
    }

    /** Connections to the server that it has not closed yet. */
    public int open() {
        return open.size();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                Socket upstream = new Socket();
                upstream.connect(new InetSocketAddress(server.getHost(), server.getPort()));
                open.add(upstream);
                relayed.incrementAndGet();
                thread(() -> copy(client, upstream, up));
                thread(() -> {
                    copy(upstream, client, down);
                    open.remove(upstream);
                    close(client);
                    close(upstream);
                });
            } catch (IOException e) {
                // the relay was closed, or the server takes nobody: the client sees it
            }
        }
    }

    private static void copy(Socket from, Socket to, AtomicLong counter) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] piece = new byte[PIECE];
            boolean gone = false;
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                counter.addAndGet(n);
                gone = gone || !write(out, piece, n);
            }
        } catch (IOException e) {
            // the end of this direction
        }
        try {
            to.shutdownOutput();
        } catch (IOException e) {
            // it has gone before
        }
    }

    private static boolean write(OutputStream out, byte[] piece, int n) {
        try {
            out.write(piece, 0, n);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // nothing is left to be done
        }
    }

    private static void thread(Runnable task) {
        Thread thread = new Thread(task, "testkit-relay");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listening.close();
        open.forEach(CountingRelay::close);
    }
}

package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A server on the loopback address that drives the protocol with real sockets: one thread is everybody's loop, each socket is read by a thread of its own. */
final class LoopbackServer implements AutoCloseable {
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService sockets = Executors.newCachedThreadPool();
    private final ServerSocket server;
    private final Protocol protocol;

    LoopbackServer(Protocol protocol) throws IOException {
        this.protocol = protocol;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        sockets.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    <T> Future<T> onLoop(Callable<T> task) {
        return loop.submit(task);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket; InputStream in = socket.getInputStream()) {
            SocketConnection connection = new SocketConnection(socket);
            ConnectionHandler handler = loop.submit(() -> protocol.open(connection)).get();
            ByteBuf undecoded = Unpooled.buffer();
            byte[] some = new byte[8192];
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                undecoded.discardReadBytes().writeBytes(some, 0, n);
                loop.submit(() -> handler.received(undecoded)).get();
            }
            loop.submit(handler::closed).get();
        } catch (Exception e) {
            // the peer has gone, or was shown the door
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
        sockets.shutdownNow();
        loop.shutdownNow();
    }

    private final class SocketConnection extends FakeConnection {
        private final Socket socket;

        SocketConnection(Socket socket) {
            this.socket = socket;
        }

        @Override
        public long getAsLong() {
            return System.nanoTime();
        }

        @Override
        public Executor loop() {
            return loop;
        }

        @Override
        public void write(ByteBuf bytes) {
            try {
                socket.getOutputStream().write(ByteBufUtil.getBytes(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                bytes.release();
            }
        }

        @Override
        public AutoCloseable schedule(long delayNanos, Runnable task) {
            Future<?> f = loop.schedule(task, delayNanos, TimeUnit.NANOSECONDS);
            return () -> f.cancel(false);
        }

        @Override
        public void close(String reason) {
            try {
                socket.shutdownOutput();
                socket.close();
            } catch (IOException e) {
                // closed already
            }
        }
    }
}

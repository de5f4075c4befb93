package io.sluice.target.ts.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.DialRequest;
import io.sluice.api.net.Dialer;
import io.sluice.api.push.PushRequest;
import io.sluice.api.stream.ReadFrom;
import java.util.concurrent.CompletableFuture;

/** One push over a connection. A receiver that is slow is not waited for: frames stay in the stream's window, and what leaves it is skipped. All on the push's loop. */
final class TcpPush implements AutoCloseable, ConnectionHandler {
    private static final int FRAMES_PER_TURN = 200;

    private final PushRequest request;
    private final Dialer dialer;
    private final TsAddress address;
    private final PushedStream stream;
    private final Taken taken;
    private CompletableFuture<Connection> dialling;
    private Connection connection;
    private AutoCloseable patience;
    private long waitingNanos;
    private boolean finishing;
    private boolean over;

    TcpPush(PushRequest request, Dialer dialer, TsAddress address) {
        this.request = request;
        this.dialer = dialer;
        this.address = address;
        this.stream = new PushedStream(request.progress());
        this.taken = new Taken(request.progress());
    }

    void start() {
        DialRequest to = new DialRequest(address.host(), address.portNumber(), false, "tstcp", request.loop(), taken, address.timeoutMillis());
        request.loop().execute(() -> {
            if (over) {
                return;
            }
            dialling = dialer.dial(to, this::opened).toCompletableFuture();
            dialling.whenComplete((c, problem) -> request.loop().execute(() -> {
                if (problem != null) {
                    end(problem.getMessage() == null ? problem.toString() : problem.getMessage());
                }
            }));
        });
    }

    private ConnectionHandler opened(Connection now) {
        connection = now;
        now.describe("push", request.reader().stream());
        request.progress().running(address.shown());
        request.reader().onEnd(reason -> finish());
        request.loop().execute(() -> {
            request.reader().frames(ReadFrom.LIVE, this::pull);
            pull();
        });
        return this;
    }

    private void pull() {
        if (over || connection == null) {
            return;
        }
        boolean empty = false;
        for (int i = 0; i < FRAMES_PER_TURN && !empty && connection.writable(); i++) {
            Frame frame = request.reader().nextFrame();
            empty = frame == null;
            if (frame != null) {
                write(frame);
            }
        }
        if (over) {
            return;
        }
        if (empty && (finishing || request.reader().ended())) {
            last();
        } else if (!connection.writable()) {
            wait(connection);
        } else if (!empty) {
            request.loop().execute(this::pull);
        }
    }

    private void write(Frame frame) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(frame.payload().readableBytes() + 2048);
        try {
            stream.write(frame, out);
            if (out.isReadable()) {
                connection.write(out.retain());
                request.progress().media(stream.lastNanos());
            }
        } catch (IllegalArgumentException e) {
            end(e.getMessage());
        } finally {
            out.release();
            frame.payload().release();
        }
    }

    /** A receiver that takes nothing for too long is given up; one that is only slow is not. */
    private void wait(Connection slow) {
        if (patience == null) {
            waitingNanos = System.nanoTime();
            patience = slow.schedule(address.timeoutMillis() * 1_000_000, this::look);
        }
    }

    private void look() {
        patience = null;
        if (taken.lastNanos() - waitingNanos > 0) {
            wait(connection);
        } else {
            end("the receiver took no bytes for " + address.timeoutMillis() + " ms");
        }
    }

    @Override
    public void writable() {
        calm();
        pull();
    }

    private void calm() {
        AutoCloseable waiting = patience;
        patience = null;
        if (waiting != null) {
            try {
                waiting.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** What a receiver says is of no interest. */
    @Override
    public void received(ByteBuf in) {
        in.skipBytes(in.readableBytes());
    }

    @Override
    public void closed() {
        if (!over) {
            over = true;
            request.progress().ended("the receiver ended the connection");
        }
    }

    @Override
    public void close() {
        request.loop().execute(this::finish);
    }

    private void finish() {
        finishing = true;
        if (connection == null) {
            end("");
        } else {
            pull();
        }
    }

    private void last() {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();
        stream.flush(out);
        connection.write(out);
        end("");
    }

    private void end(String problem) {
        if (over) {
            return;
        }
        over = true;
        calm();
        if (connection == null) {
            if (dialling != null) {
                dialling.cancel(false);
            }
            request.progress().ended(problem);
            return;
        }
        connection.onClosed(() -> request.progress().ended(problem));
        connection.close(problem.isEmpty() ? "the push is over" : problem);
    }
}

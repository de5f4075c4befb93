package io.sluice.target.ts.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.DialRequest;
import io.sluice.api.net.Dialer;
import io.sluice.api.push.PushRequest;
import io.sluice.format.delivery.FramePump;
import io.sluice.format.delivery.Taken;
import io.sluice.format.delivery.TimeOut;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** One push over a connection. A receiver that is slow is not waited for: frames stay in the stream's window, and what leaves it is skipped. All on the push's loop. */
final class TcpPush implements AutoCloseable, ConnectionHandler {
    private static final long LOOK_MILLIS = 500;

    private final PushRequest request;
    private final Dialer dialer;
    private final TsAddress address;
    private final Taken taken;
    private CompletableFuture<Connection> dialling;
    private Connection connection;
    private FramePump pump;
    private boolean over;

    TcpPush(PushRequest request, Dialer dialer, TsAddress address) {
        this.request = request;
        this.dialer = dialer;
        this.address = address;
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
        request.loop().execute(this::begin);
        return this;
    }

    private void begin() {
        if (over) {
            return;
        }
        pump = new FramePump(connection, request.reader(), request.progress(), new PushedStream(request.progress()), connection::write, this::end);
        pump.start();
        look();
    }

    /** A receiver that takes nothing of what waits for it is given up; one that is only slow is not. */
    private void look() {
        if (over) {
            return;
        }
        if (taken.stalled(connection.writable(), pump.given(), address.timeoutMillis())) {
            end("the receiver took no bytes for " + TimeOut.words(address.timeoutMillis()));
        } else {
            connection.schedule(TimeUnit.MILLISECONDS.toNanos(Math.min(LOOK_MILLIS, address.timeoutMillis())), this::look);
        }
    }

    @Override
    public void writable() {
        if (pump != null) {
            pump.run();
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
            drop();
            request.progress().ended("the receiver ended the connection");
        }
    }

    @Override
    public void close() {
        request.loop().execute(this::finish);
    }

    private void finish() {
        if (over) {
            return;
        }
        if (pump == null) {
            end("");
        } else {
            pump.finish();
        }
    }

    private void drop() {
        if (pump != null) {
            pump.drop();
        }
    }

    private void end(String problem) {
        if (over) {
            return;
        }
        over = true;
        drop();
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

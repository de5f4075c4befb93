package io.sluice.net.internal;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.DialRequest;
import io.sluice.net.internal.dial.DialFailed;
import io.sluice.net.internal.dial.Dialling;
import io.sluice.net.internal.dial.Failure;
import io.sluice.net.internal.dial.TlsGate;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One connection that is being opened: looked up on a worker, then all on its loop: connected, secured, handed to who speaks on it. */
final class Dial {
    private final Net net;
    private final Dialling dialling;
    private final DialRequest request;
    private final EventLoop loop;
    private final String bundle;
    private final Function<Connection, ConnectionHandler> open;
    private final CompletableFuture<Connection> result = new CompletableFuture<>();
    private final long deadlineNanos;
    private Future<?> timeout;
    private Channel channel;
    private SslContext tls;

    /** @param bundle who dials, for pages and logs */
    Dial(Net net, Dialling dialling, DialRequest request, EventLoop loop, String bundle, Function<Connection, ConnectionHandler> open) {
        this.net = net;
        this.dialling = dialling;
        this.request = request;
        this.loop = loop;
        this.bundle = bundle;
        this.open = open;
        deadlineNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(request.timeoutMillis());
    }

    /** Any thread. */
    CompletableFuture<Connection> start() {
        result.whenComplete((connection, problem) -> loop.execute(() -> clear(problem != null)));
        loop.execute(() -> timeout = loop.schedule(() -> fail(where() + " did not answer within " + Parked.time(request.timeoutMillis())), leftMillis(), TimeUnit.MILLISECONDS));
        try {
            dialling.lookUp(request.host(), this::find);
        } catch (RuntimeException e) {
            fail("the server has too much to do to look up " + request.host());
        }
        return result;
    }

    /** Any thread; the first problem counts. */
    void fail(String problem) {
        if (loop.inEventLoop()) {
            result.completeExceptionally(new DialFailed(problem));
        } else {
            loop.execute(() -> fail(problem));
        }
    }

    /** Nothing is left of it; a connection that was handed over is not ours any more. */
    private void clear(boolean failed) {
        if (timeout != null) {
            timeout.cancel(false);
        }
        if (failed && channel != null) {
            channel.close();
        }
        ReferenceCountUtil.release(tls);
        tls = null;
    }

    /** On a worker. */
    private void find() {
        if (result.isDone()) {
            return;
        }
        try {
            List<InetSocketAddress> to = dialling.find(request.host(), request.port(), net::listens);
            SslContext context = request.tls() ? dialling.tls() : null;
            loop.execute(() -> begin(to, context));
        } catch (IOException | RuntimeException e) {
            fail(e.getMessage() == null ? e.toString() : e.getMessage());
        }
    }

    private void begin(List<InetSocketAddress> to, SslContext context) {
        tls = context;
        if (result.isDone()) {
            clear(true);
        } else {
            connect(to, 0);
        }
    }

    /** One address after another: each may use its share of the time that is left. */
    private void connect(List<InetSocketAddress> to, int index) {
        ChannelFuture connecting = new Bootstrap().group(loop).channel(net.loops().transport().channel())
            .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT).option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.SO_KEEPALIVE, true)
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, net.settings().waterMark())
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.max(1, leftMillis() / (to.size() - index)))
            .handler(new ChannelInboundHandlerAdapter()).connect(to.get(index));
        channel = connecting.channel();
        connecting.addListener((ChannelFuture done) -> {
            if (result.isDone()) {
                done.channel().close();
            } else if (done.isSuccess()) {
                connected(to.get(index));
            } else if (index + 1 < to.size()) {
                connect(to, index + 1);
            } else {
                fail(Failure.connecting(to.get(index), done.cause()));
            }
        });
    }

    private int leftMillis() {
        return (int) Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadlineNanos - System.nanoTime()));
    }

    private void connected(InetSocketAddress to) {
        String refusal = net.registry().enter(to.getAddress(), net.settings());
        if (refusal != null) {
            fail(refusal);
            return;
        }
        channel.closeFuture().addListener(f -> net.registry().leave(to.getAddress()));
        if (tls == null) {
            speak(to);
            return;
        }
        SslHandler handler = tls.newHandler(channel.alloc(), request.host(), request.port());
        handler.setHandshakeTimeoutMillis(0); // ours counts
        channel.pipeline().addLast(handler, new TlsGate(() -> speak(to), e -> fail(Failure.securing(request.host(), e))));
    }

    private void speak(InetSocketAddress to) {
        if (result.isDone()) {
            return;
        }
        Wire wire = new Wire(net, Offer.dialled(request.protocol(), request.tls()), to);
        channel.pipeline().addLast(wire);
        NetConnection connection = wire.connection();
        connection.account(request.account());
        if (!connection.speak(request.protocol(), bundle, open)) {
            channel = null;
            fail("internal error in " + bundle);
        } else if (!result.complete(connection)) {
            connection.close("nobody waits for it any more");
        }
    }

    private String where() {
        return request.host() + ":" + request.port();
    }
}

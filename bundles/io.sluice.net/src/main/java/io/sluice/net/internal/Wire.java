package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The one Netty handler of a channel: what Netty says becomes a call of the connection, and the way back. */
final class Wire extends ChannelDuplexHandler {
    /** How long we wait for the peer's own end, so that unread bytes of it do not turn our last words into a reset. */
    private static final long LINGER_MILLIS = 1000;

    private final Net net;
    private final Offer offer;
    /** Cancelled with the channel: a task that waits holds the connection in memory, and a flood of short ones would be seconds of them. */
    private final List<Future<?>> ends = new ArrayList<>(2);
    private final InetSocketAddress remote;
    private NetConnection connection;
    private ChannelHandlerContext ctx;
    private Attribution attribution;
    private Outbox outbox;
    private boolean active;

    /** @param remote the peer, or whom it speaks for */
    Wire(Net net, Offer offer, InetSocketAddress remote) {
        this.net = net;
        this.offer = offer;
        this.remote = remote;
    }

    /** The channel is active already where a PROXY header came first, and where we opened it. */
    @Override
    public void handlerAdded(ChannelHandlerContext c) {
        ctx = c;
        attribution = new Attribution(() -> TcpFigures.of(c.channel()));
        outbox = new Outbox(c, attribution);
        connection = new NetConnection(net, offer, c.channel(), remote, this);
        if (c.channel().isActive()) {
            begin();
        }
    }

    private void begin() {
        if (!active) {
            active = true;
            connection.opened();
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext c) {
        begin();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext c, Object event) {
        if (event instanceof SslHandshakeCompletionEvent done) {
            if (done.isSuccess()) {
                connection.secured(c.pipeline().get(SslHandler.class).applicationProtocol());
            } else if (done.cause() instanceof ClosedChannelException) {
                connection.over("the peer left in the TLS handshake");
            } else {
                connection.close("the TLS handshake failed: " + done.cause().getMessage());
            }
        }
        c.fireUserEventTriggered(event);
    }

    @Override
    public void channelRead(ChannelHandlerContext c, Object message) {
        connection.received((ByteBuf) message);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext c) {
        connection.readComplete();
        c.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext c) {
        connection.writabilityChanged();
        c.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext c) {
        connection.lost();
        ends.forEach(end -> end.cancel(false));
        c.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext c, Throwable e) {
        if (e instanceof IOException) {
            connection.over("the connection broke: " + e.getMessage());
        } else if (e instanceof DecoderException) {
            connection.close("the connection broke: " + (e.getCause() == null ? e : e.getCause()).getMessage());
        } else {
            connection.failed(e);
        }
    }

    /** What HTTP's codecs write; the outbox writes below it. */
    @Override
    public void write(ChannelHandlerContext c, Object message, ChannelPromise promise) {
        int size = message instanceof ByteBuf b ? b.readableBytes() : 0;
        outbox.underway(c.write(message, promise.unvoid()), size);
    }

    /** What HTTP's codecs close; the connection's own closes come by here too and have said why. */
    @Override
    public void close(ChannelHandlerContext c, ChannelPromise promise) {
        connection.closedByCodec();
        c.close(promise);
    }

    /** Hands bytes to HTTP's codecs, with the reference. */
    void toHttp(ByteBuf in) {
        ctx.fireChannelRead(in);
    }

    NetConnection connection() {
        return connection;
    }

    Outbox outbox() {
        return outbox;
    }

    Attribution attribution() {
        return attribution;
    }

    /**
     * Sends what was written, then closes; a peer that does not take it is cut after a while.
     *
     * @param http2 its codec says goodbye itself
     */
    void farewell(boolean http2) {
        ctx.channel().config().setAutoRead(true);
        outbox.flush();
        ctx.flush();
        later(net.lastWordsMillis());
        outbox.whenSent(() -> closeChannel(http2));
    }

    private void closeChannel(boolean http2) {
        Channel channel = ctx.channel();
        attribution.look();
        if (http2) {
            channel.close();
        } else if (!offer.tls() && channel instanceof DuplexChannel duplex && duplex.isActive()) {
            duplex.shutdownOutput();
            later(LINGER_MILLIS);
        } else {
            ctx.close();
        }
    }

    private void later(long millis) {
        if (ctx.channel().isOpen()) {
            ends.add(ctx.channel().eventLoop().schedule(() -> ctx.close(), millis, TimeUnit.MILLISECONDS));
        }
    }
}

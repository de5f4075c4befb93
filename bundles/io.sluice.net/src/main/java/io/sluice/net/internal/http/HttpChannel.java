package io.sluice.net.internal.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;

/**
 * Requests of one HTTP/1.1 connection, one after another, or the one of an HTTP/2 stream. What is pipelined behind a running exchange waits here, and reading
 * stops meanwhile. On the connection's loop.
 */
final class HttpChannel extends ChannelInboundHandlerAdapter {
    private final HttpServer server;
    private final HttpHost host;
    private final HttpWatch watch;
    private final String scheme;
    private final boolean http2;
    private final ArrayDeque<HttpObject> waiting = new ArrayDeque<>();
    private ChannelHandlerContext ctx;
    private Exchange current;
    private boolean last;
    private boolean processing;
    private boolean flushQueued;
    private long unflushed;

    HttpChannel(HttpServer server, HttpHost host, HttpWatch watch, String scheme, boolean http2) {
        this.server = server;
        this.host = host;
        this.watch = watch;
        this.scheme = scheme;
        this.http2 = http2;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext c) {
        ctx = c;
    }

    @Override
    public void channelRead(ChannelHandlerContext c, Object message) {
        if (last && (current == null || current.bodyComplete())) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpObject object) {
            waiting.add(object);
            process();
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    /** Takes what can be taken now; an exchange that ends inside is gone on from here and not from within itself. */
    private void process() {
        if (processing) {
            return;
        }
        processing = true;
        while (!waiting.isEmpty() && !(waiting.peek() instanceof HttpRequest && (current != null || last || stuck()))) {
            take(waiting.poll());
        }
        processing = false;
        if (last && current == null) {
            dropWaiting();
        }
        ctx.channel().config().setAutoRead(last || waiting.isEmpty() && (current == null || current.readsOn()));
    }

    /** Answers wait already for a peer that does not take them: its next request waits too, or it could fill the memory with answers. */
    private boolean stuck() {
        return !http2 && !writable();
    }

    private void take(HttpObject next) {
        if (next instanceof HttpRequest request) {
            watch.exchangeBegins();
            current = new Exchange(this, request, request instanceof FullHttpMessage);
            current.begin();
        }
        if (next instanceof HttpContent content) {
            if (!(next instanceof FullHttpMessage)) {
                watch.activity();
            }
            if (current == null) {
                content.release();
            } else {
                current.content(content.content(), content instanceof LastHttpContent, content.decoderResult().isFailure());
            }
        }
    }

    /** The exchange is answered, and its request's body read or given up. */
    void done(Exchange exchange, boolean keepAlive) {
        if (exchange == current) {
            current = null;
            last |= !keepAlive;
            watch.exchangeEnds();
            process();
        }
    }

    /** A WebSocket has taken over the pipeline, this handler is out of it. */
    void upgraded() {
        last = true;
        dropWaiting();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext c) {
        if (current != null) {
            current.writabilityChanged();
        }
        process();
        c.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext c) {
        last = true;
        if (current != null) {
            current.left();
        }
        dropWaiting();
        c.fireChannelInactive();
    }

    private void dropWaiting() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext c, Throwable e) {
        if (http2) {
            c.close();
        } else {
            host.connection().close("HTTP: " + (e.getMessage() == null ? e : e.getMessage()));
        }
    }

    /**
     * Writes at the end of the loop's event.
     *
     * @param bytes that the message holds
     * @param last  told when it is sent; null where more follows
     */
    void write(HttpObject message, int bytes, Answer last) {
        unflushed += bytes;
        if (last == null) {
            ctx.write(message, ctx.voidPromise());
        } else {
            ctx.write(message).addListener(f -> last.sent());
        }
        if (!flushQueued) {
            flushQueued = true;
            host.flushLater(this::flush);
        }
    }

    private void flush() {
        flushQueued = false;
        unflushed = 0;
        ctx.flush();
        if (current != null) {
            current.writabilityChanged();
        }
        if (!waiting.isEmpty()) {
            process();
        }
    }

    boolean writable() {
        return ctx.channel().isWritable() && unflushed < ctx.channel().bytesBeforeUnwritable();
    }

    HttpServer server() {
        return server;
    }

    HttpHost host() {
        return host;
    }

    HttpWatch watch() {
        return watch;
    }

    String scheme() {
        return scheme;
    }

    boolean http2() {
        return http2;
    }

    ChannelHandlerContext ctx() {
        return ctx;
    }

    /** Reads on after a body was asked for or given up. */
    void resume() {
        process();
    }
}

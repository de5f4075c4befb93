package io.sluice.net.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.Utf8FrameValidator;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.WebSocket;
import io.sluice.api.net.WebSocketHandler;
import java.nio.channels.ClosedChannelException;

/** One WebSocket (RFC 6455) in the place of its exchange's handler. On the connection's loop. */
final class WebSocketSession extends SimpleChannelInboundHandler<WebSocketFrame> implements WebSocket {
    private final HttpHost host;
    private final Exchange exchange;
    private final WebSocketHandler handler;
    private ChannelHandlerContext ctx;
    private boolean flushQueued;
    private boolean closing;
    private boolean ended;

    private WebSocketSession(HttpHost host, Exchange exchange, WebSocketHandler handler) {
        this.host = host;
        this.exchange = exchange;
        this.handler = handler;
    }

    /** @throws Refusal 400 where the request is no handshake */
    static WebSocketSession open(HttpChannel channel, Exchange exchange, HttpRequest request, WebSocketHandler handler) {
        WebSocketServerHandshaker handshaker = handshake(channel, request) ? new WebSocketServerHandshakerFactory(null, null,
            WebSocketDecoderConfig.newBuilder().maxFramePayloadLength(HttpLimits.WEB_SOCKET_BYTES).allowExtensions(false).build()).newHandshaker(request) : null;
        if (handshaker == null) {
            throw new Refusal(400, "a WebSocket begins with a GET over HTTP/1.1 that asks for the upgrade to version 13");
        }
        WebSocketSession session = new WebSocketSession(channel.host(), exchange, handler);
        exchange.upgraded();
        var pipeline = channel.ctx().pipeline();
        pipeline.addLast(new Utf8FrameValidator(), new WebSocketFrameAggregator(HttpLimits.WEB_SOCKET_BYTES), session);
        DefaultFullHttpRequest whole = new DefaultFullHttpRequest(request.protocolVersion(), request.method(), request.uri(), Unpooled.EMPTY_BUFFER,
            request.headers(), request.headers());
        handshaker.handshake(pipeline.channel(), whole);
        pipeline.channel().config().setAutoRead(true);
        channel.upgraded();
        pipeline.remove(channel);
        return session;
    }

    private static boolean handshake(HttpChannel channel, HttpRequest request) {
        return !channel.http2() && request.method().name().equals("GET")
            && request.headers().containsValue(HttpHeaderNames.CONNECTION, "upgrade", true)
            && request.headers().containsValue(HttpHeaderNames.UPGRADE, "websocket", true)
            && request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext c) {
        ctx = c;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext c, WebSocketFrame frame) {
        if (closing) {
            return;
        }
        if (frame instanceof TextWebSocketFrame text) {
            exchange.guard(() -> handler.text(text.text()));
        } else if (frame instanceof BinaryWebSocketFrame binary) {
            exchange.guard(() -> handler.binary(binary.content()));
        } else if (frame instanceof PingWebSocketFrame ping) {
            send(new PongWebSocketFrame(ping.content().retain()));
        } else if (frame instanceof CloseWebSocketFrame close) {
            closing = true;
            finish(close.retain(), "the peer closed the WebSocket");
        }
    }

    private void send(WebSocketFrame frame) {
        ctx.write(frame, ctx.voidPromise());
        if (!flushQueued) {
            flushQueued = true;
            host.flushLater(() -> {
                flushQueued = false;
                ctx.flush();
            });
        }
    }

    private void finish(WebSocketFrame last, String reason) {
        ctx.writeAndFlush(last).addListener(f -> host.connection().close(reason));
    }

    @Override
    public void text(String message) {
        if (!closing) {
            send(new TextWebSocketFrame(message));
        }
    }

    @Override
    public void binary(ByteBuf message) {
        if (closing) {
            message.release();
        } else {
            send(new BinaryWebSocketFrame(message));
        }
    }

    @Override
    public boolean writable() {
        return !closing && ctx.channel().isWritable();
    }

    @Override
    public void close(int code, String reason) {
        if (!closing) {
            closing = true;
            finish(new CloseWebSocketFrame(code, reason), "the WebSocket was closed: " + reason);
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext c) {
        closing = true;
        if (!ended) {
            ended = true;
            exchange.guard(handler::closed);
            exchange.left();
        }
        c.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext c, Throwable e) {
        if (!(e instanceof ClosedChannelException)) {
            host.connection().close("WebSocket: " + (e.getMessage() == null ? e : e.getMessage()));
        }
    }
}

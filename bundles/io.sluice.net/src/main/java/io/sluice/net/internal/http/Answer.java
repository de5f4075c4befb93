package io.sluice.net.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.sluice.api.net.HttpBody;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The answer to one request, with what every answer carries. On the connection's loop. */
final class Answer implements HttpBody {
    private enum State { OPEN, BEGUN, COMPLETE }

    private final HttpChannel channel;
    private final Exchange exchange;
    private final boolean head;
    private final boolean chunks;
    private final List<Runnable> onWritable = new ArrayList<>(1);
    private HttpHeaders added;
    private boolean keepAlive;
    private boolean stalled;
    private State state = State.OPEN;

    /** @param head the request wants no body */
    Answer(HttpChannel channel, Exchange exchange, boolean head, HttpRequest request) {
        this.channel = channel;
        this.exchange = exchange;
        this.head = head;
        keepAlive = channel.http2() || HttpUtil.isKeepAlive(request) && !request.decoderResult().isFailure();
        chunks = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    }

    boolean begun() {
        return state != State.OPEN;
    }

    boolean complete() {
        return state == State.COMPLETE;
    }

    boolean keepAlive() {
        return keepAlive;
    }

    /** Nothing follows this answer on its connection. */
    void close() {
        keepAlive = channel.http2();
    }

    /** Nobody waits for it any more. */
    void abandon() {
        state = State.COMPLETE;
        keepAlive = false;
    }

    void options(String wantedHeaders) {
        whole(204, Map.of("access-control-allow-methods", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS", "access-control-allow-headers",
            wantedHeaders == null ? "*" : wantedHeaders, "access-control-max-age", "86400"), Unpooled.EMPTY_BUFFER);
    }

    void error(int status, String message) {
        whole(status, Map.of("content-type", "text/plain; charset=utf-8", "cache-control", "no-store"),
            ByteBufUtil.writeUtf8(channel.ctx().alloc(), message + "\n"));
    }

    /** Goes out with whatever answer comes. @throws IllegalArgumentException where it is no header */
    void add(String name, String value) {
        if (added == null) {
            added = DefaultHttpHeadersFactory.headersFactory().newHeaders();
        }
        added.add(name, value);
    }

    private HttpHeaders withAdded(HttpHeaders headers) {
        return added == null ? headers : headers.add(added);
    }

    /** Takes over the reference to the body. */
    void whole(int status, Map<String, String> headers, ByteBuf body) {
        if (state != State.OPEN) {
            body.release();
            refuseSecond();
            return;
        }
        boolean bodyless = status == 204 || status == 304;
        HttpHeaders out;
        try {
            out = withAdded(Headers.of(headers, channel.server().date(), body.readableBytes(), bodyless, connectionHeader()));
        } catch (RuntimeException e) {
            body.release();
            throw e;
        }
        if (head || bodyless) {
            body.release();
        }
        ByteBuf sent = head || bodyless ? Unpooled.EMPTY_BUFFER : body;
        state = State.COMPLETE;
        channel.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), sent, out, EmptyHttpHeaders.INSTANCE),
            sent.readableBytes(), this);
        exchange.answerComplete();
    }

    /** A peer that left is no fault of the route's; a second answer is. */
    private void refuseSecond() {
        if (!exchange.ended()) {
            throw new IllegalStateException("this exchange is answered already");
        }
    }

    HttpBody stream(int status, Map<String, String> headers) {
        if (state != State.OPEN) {
            refuseSecond();
            return this;
        }
        if (!chunks && !channel.http2()) {
            keepAlive = false;
        }
        HttpHeaders out = withAdded(Headers.of(headers, channel.server().date(), -1, false, connectionHeader()));
        if (chunks && !channel.http2() && !head) {
            out.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        state = State.BEGUN;
        channel.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), out), 0, null);
        if (head) {
            end();
        }
        return this;
    }

    /** From here the answer is a WebSocket's. */
    void upgrade() {
        if (state != State.OPEN) {
            throw new IllegalStateException("this exchange is answered already");
        }
    }

    void upgraded() {
        state = State.BEGUN;
        keepAlive = false;
    }

    private String connectionHeader() {
        return channel.http2() ? null : !keepAlive ? "close" : chunks ? null : "keep-alive";
    }

    // --- HttpBody ---

    @Override
    public void write(ByteBuf bytes) {
        if (state != State.BEGUN || !bytes.isReadable()) {
            bytes.release();
            return;
        }
        int size = bytes.readableBytes();
        channel.write(new DefaultHttpContent(bytes), size, null);
        stalled |= !channel.writable();
    }

    @Override
    public boolean writable() {
        boolean now = state != State.COMPLETE && channel.writable();
        stalled |= !now;
        return now;
    }

    @Override
    public void onWritable(Runnable task) {
        onWritable.add(task);
    }

    @Override
    public void end() {
        if (state == State.BEGUN) {
            state = State.COMPLETE;
            channel.write(LastHttpContent.EMPTY_LAST_CONTENT, 0, this);
            exchange.answerComplete();
        }
    }

    void writabilityChanged() {
        if (stalled && state == State.BEGUN && channel.writable()) {
            stalled = false;
            List.copyOf(onWritable).forEach(exchange::guard);
        }
    }

    /** The last of it is with the kernel, or lost. */
    void sent() {
        if (!keepAlive && !channel.http2()) {
            channel.host().over("the last HTTP answer is sent");
        }
    }
}

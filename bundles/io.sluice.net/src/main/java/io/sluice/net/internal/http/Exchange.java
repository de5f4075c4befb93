package io.sluice.net.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpBody;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.HttpRoute;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.net.WebSocket;
import io.sluice.api.net.WebSocketHandler;
import io.sluice.api.plugin.Plugin;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One request, its way to its route, and the end of both. What is written goes through {@link Answer}. On the connection's loop. */
final class Exchange implements HttpExchange {
    private final HttpChannel channel;
    private final HttpRequest request;
    private final RequestBody body;
    private final Answer answer;
    private final List<Runnable> endTasks = new ArrayList<>(2);
    private RequestPath target = new RequestPath("/", "");
    private Plugin<HttpRoute> plugin;
    private AutoCloseable use = () -> { };
    private InetAddress remote;
    private boolean awaitsBody;
    private boolean ended;

    /** @param whole the request has no body that follows */
    Exchange(HttpChannel channel, HttpRequest request, boolean whole) {
        this.channel = channel;
        this.request = request;
        body = new RequestBody(channel.ctx().alloc());
        if (whole) {
            body.end();
        }
        answer = new Answer(channel, this, request.method().name().equals("HEAD"), request);
        channel.server().count(1);
    }

    void begin() {
        guard(this::route);
    }

    private void route() {
        RequestCheck.check(request, channel.http2());
        if (request.method().name().equals("OPTIONS")) {
            answer.options(request.headers().get(HttpHeaderNames.ACCESS_CONTROL_REQUEST_HEADERS));
            return;
        }
        target = RequestPath.of(request.uri());
        plugin = channel.server().routes().find(target.path());
        if (plugin == null) {
            Unserved.tell(answer, target.path());
            return;
        }
        use = plugin.use();
        plugin.service().serve(this);
    }

    // --- the request's body ---

    /** Takes over the reference. */
    void content(ByteBuf piece, boolean last, boolean broken) {
        body.add(piece);
        if (broken) {
            guard(() -> {
                throw new Refusal(400, "the request's body is malformed");
            });
            return;
        }
        if (last) {
            body.end();
        }
        bodyGrew();
        answerComplete();
    }

    private void bodyGrew() {
        if (body.tooLong()) {
            tooLong();
        } else if (body.wanted() && body.complete()) {
            awaits(false);
            guard(body::give);
        }
    }

    private void tooLong() {
        awaits(false);
        answer.close();
        body.unwant();
        if (answer.begun()) {
            abort("its request's body was longer than anybody reads");
        } else {
            answer.error(413, "the request's body is too long");
        }
    }

    @Override
    public void body(int maxBytes, Consumer<ByteBuf> whole) {
        if (ended) {
            return;
        }
        body.want(maxBytes, whole);
        if (HttpUtil.getContentLength(request, -1L) > maxBytes) {
            tooLong();
            return;
        }
        awaits(true);
        if (HttpUtil.is100ContinueExpected(request) && !body.complete()) {
            channel.write(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE), 0, null);
        }
        bodyGrew();
        channel.resume();
    }

    private void awaits(boolean now) {
        if (awaitsBody != now) {
            awaitsBody = now;
            channel.watch().bodyAwaited(now ? 1 : -1);
        }
    }

    boolean readsOn() {
        return !body.full();
    }

    boolean bodyComplete() {
        return body.complete();
    }

    // --- the end ---

    /**
     * The answer is written, the route is done with it. The connection goes on when the request's body is read past too (some clients read no answer before
     * they have sent all), or at once when nothing can follow.
     */
    void answerComplete() {
        if (!answer.complete()) {
            return;
        }
        end();
        if (body.complete() || !answer.keepAlive()) {
            awaits(false);
            channel.done(this, answer.keepAlive());
        } else {
            awaits(true);
        }
    }

    /** The peer has gone, or the WebSocket has ended. */
    void left() {
        answer.abandon();
        end();
        awaits(false);
        channel.done(this, false);
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        body.unwant();
        List<Runnable> tasks = List.copyOf(endTasks);
        endTasks.clear();
        tasks.forEach(this::guard);
        channel.server().count(-1);
        guard(this::release);
    }

    private void release() {
        try {
            use.close();
        } catch (Exception e) {
            throw new IllegalStateException("the end of a route's use failed", e);
        }
    }

    @Override
    public void onEnd(Runnable task) {
        if (ended) {
            guard(task);
        } else {
            endTasks.add(task);
        }
    }

    /** Calls a route's code; what it throws becomes an error answer, or the end of an answer that has begun. */
    void guard(Runnable call) {
        try {
            call.run();
        } catch (Refusal e) {
            channel.host().complain("refused a request with " + e.status() + ": " + e.getMessage());
            answer.close();
            fail(e.status(), e.getMessage());
        } catch (ProtocolException e) {
            fail(400, e.getMessage());
        } catch (Throwable e) {
            channel.server().errors().report(plugin == null ? "io.sluice.net" : plugin.bundle(), request.method() + " " + target.path(), e);
            fail(500, "the server failed on this request");
        }
    }

    private void fail(int status, String message) {
        if (ended || answer.complete()) {
            return;
        }
        if (answer.begun()) {
            abort("its answer failed half-way");
        } else {
            answer.error(status, message);
        }
    }

    private void abort(String reason) {
        answer.abandon();
        if (channel.http2()) {
            channel.ctx().close();
        } else {
            connection().close("HTTP: " + reason);
        }
    }

    void writabilityChanged() {
        answer.writabilityChanged();
    }

    void upgraded() {
        answer.upgraded();
    }

    boolean ended() {
        return ended;
    }

    // --- HttpExchange ---

    @Override
    public Connection connection() {
        return channel.host().connection();
    }

    @Override
    public String method() {
        String method = request.method().name();
        return method.equals("HEAD") ? "GET" : method;
    }

    @Override
    public String path() {
        return target.path();
    }

    @Override
    public String query(String name) {
        return target.parameter(name);
    }

    @Override
    public Map<String, String> parameters() {
        return target.parameters();
    }

    @Override
    public String rawQuery() {
        return target.query();
    }

    @Override
    public String header(String name) {
        return request.headers().get(name);
    }

    @Override
    public InetAddress remote() {
        if (remote == null) {
            remote = ClientAddress.of(connection().remote().getAddress(), request.headers(), channel.host().proxies());
        }
        return remote;
    }

    @Override
    public void addHeader(String name, String value) {
        answer.add(name, value);
    }

    @Override
    public String origin() {
        String host = request.headers().get(HttpHeaderNames.HOST);
        return channel.scheme() + "://" + (host == null ? authority(connection().local()) : host);
    }

    private static String authority(InetSocketAddress local) {
        String address = local.getAddress().getHostAddress();
        return (address.contains(":") ? "[" + address + "]" : address) + ":" + local.getPort();
    }

    @Override
    public void answer(int status, Map<String, String> headers, ByteBuf whole) {
        answer.whole(status, headers, whole);
    }

    @Override
    public HttpBody stream(int status, Map<String, String> headers) {
        return answer.stream(status, headers);
    }

    @Override
    public WebSocket webSocket(WebSocketHandler handler) {
        answer.upgrade();
        return WebSocketSession.open(channel, this, request, handler);
    }
}

package io.sluice.net.internal.http;

import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.sluice.api.net.HttpExchange;
import io.sluice.net.internal.PluginErrors;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP for all connections: puts its codecs behind a connection's own handler. */
public final class HttpServer {
    private final RouteTable routes = new RouteTable();
    private final AtomicInteger running = new AtomicInteger();
    private final PluginErrors errors;
    private final HttpDate date = new HttpDate(Clock.systemUTC());

    public HttpServer(PluginErrors errors) {
        this.errors = errors;
    }

    /** Makes a connection speak HTTP; on its loop. */
    public void speak(ChannelPipeline pipeline, HttpHost host, boolean http2, boolean secure) {
        HttpWatch watch = new HttpWatch(host, pipeline.channel());
        String scheme = secure ? "https" : "http";
        if (http2) {
            Http2Streams.speak(pipeline, host, () -> new HttpChannel(this, host, watch, scheme, true));
        } else {
            pipeline.addLast(new Http1Decoder(), new HttpResponseEncoder(), new HttpChannel(this, host, watch, scheme, false));
        }
    }

    /** It is one of ours, not what a plugin made or wrapped. */
    public static boolean made(HttpExchange exchange) {
        return exchange instanceof Exchange;
    }

    public RouteTable routes() {
        return routes;
    }

    /** How many exchanges are not yet answered. Any thread. */
    public int running() {
        return running.get();
    }

    void count(int change) {
        running.addAndGet(change);
    }

    /** Now, for an answer's head. */
    String date() {
        return date.now();
    }

    PluginErrors errors() {
        return errors;
    }
}

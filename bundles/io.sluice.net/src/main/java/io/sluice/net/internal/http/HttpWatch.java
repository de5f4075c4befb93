package io.sluice.net.internal.http;

import io.netty.channel.Channel;
import java.util.concurrent.TimeUnit;

/** Ends an HTTP connection on which nothing goes on: no request, no body, no answer taken. Looks every few seconds; on the connection's loop. */
final class HttpWatch {
    private static final long LOOK_SECONDS = 5;

    private final HttpHost host;
    private final Channel channel;
    private long lastNanos = System.nanoTime();
    private long lastProgress;
    private int exchanges;
    private int bodiesAwaited;
    private boolean first = true;

    HttpWatch(HttpHost host, Channel channel) {
        this.host = host;
        this.channel = channel;
        next();
    }

    private void next() {
        channel.eventLoop().schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
    }

    void activity() {
        lastNanos = System.nanoTime();
    }

    void exchangeBegins() {
        first = false;
        host.exchanges(++exchanges);
        activity();
    }

    void exchangeEnds() {
        host.exchanges(--exchanges);
        activity();
    }

    /** @param change +1 when a body is waited for, -1 when it is no more */
    void bodyAwaited(int change) {
        bodiesAwaited += change;
        activity();
    }

    private void look() {
        if (!channel.isActive()) {
            return;
        }
        long progress = host.sendProgress();
        if (progress != lastProgress) {
            lastProgress = progress;
            activity();
        }
        String reason = reason(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - lastNanos));
        if (reason == null) {
            next();
        } else if (exchanges == 0 && !first) {
            host.over(reason);
        } else {
            host.connection().close(reason);
        }
    }

    private String reason(long seconds) {
        if (exchanges == 0 && seconds >= (first ? HttpLimits.HEADER_SECONDS : HttpLimits.IDLE_SECONDS)) {
            return first ? "sent no whole request within " + seconds + " s" : "no request for " + seconds + " s";
        }
        if (bodiesAwaited > 0 && seconds >= HttpLimits.HEADER_SECONDS) {
            return "sent nothing of its request's body for " + seconds + " s";
        }
        if (exchanges > 0 && !channel.isWritable() && seconds >= HttpLimits.IDLE_SECONDS) {
            return "took nothing of its answer for " + seconds + " s";
        }
        return null;
    }
}

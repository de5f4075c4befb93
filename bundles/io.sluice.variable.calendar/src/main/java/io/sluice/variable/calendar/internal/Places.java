package io.sluice.variable.calendar.internal;

import io.sluice.api.variable.VariableRequest;
import io.sluice.format.calendar.CalendarWindows;
import io.sluice.format.files.FileStamp;
import io.sluice.format.files.Roots;
import io.sluice.format.http.OutboundClient;
import io.sluice.format.http.OutboundReply;
import io.sluice.format.http.OutboundRequest;
import io.sluice.format.outbound.OutboundPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** Where calendars come from: files in the configured folders, URLs within the address policy. */
final class Places implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 50;
    private static final int MAX_REDIRECTS = 5;
    private final Roots roots;
    private final OutboundPolicy policy;
    private final OutboundClient client;

    Places(List<Path> roots, OutboundPolicy policy, SSLContext trust) {
        this.roots = new Roots(roots, CalendarConfig.PID);
        this.policy = policy;
        client = new OutboundClient("variable-calendar", policy, MAX_CONNECTIONS, trust);
    }

    OutboundPolicy policy() {
        return policy;
    }

    /** @param stamp of the last time, or null. Blocks for files */
    CompletableFuture<Fetched> fetch(Question.Place place, Object stamp, VariableRequest request) {
        try {
            return place.url() == null ? CompletableFuture.completedFuture(file(place.path(), stamp)) : url(place, stamp, request);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Fetched file(String path, Object last) throws IOException {
        if (last != null && last.equals(roots.glance(path))) {
            return new Fetched(null, last);
        }
        FileStamp stamp = roots.stamp(path);
        try (InputStream in = Channels.newInputStream(roots.open(path))) {
            byte[] document = in.readNBytes(CalendarWindows.MAX_DOCUMENT_BYTES + 1);
            return new Fetched(document, stamp.settled() ? stamp : null);
        }
    }

    private CompletableFuture<Fetched> url(Question.Place place, Object last, VariableRequest request) {
        Map<String, String> headers = last instanceof String tag ? Map.of("X-Custom-Variable", request.name(), "If-None-Match", tag) : Map.of("X-Custom-Variable", request.name());
        return client.send(new OutboundRequest("GET", place.url(), headers, new byte[0], request.timeoutMillis(), CalendarWindows.MAX_DOCUMENT_BYTES, MAX_REDIRECTS), request.workers())
            .thenCompose(reply -> answer(reply, last));
    }

    private static CompletableFuture<Fetched> answer(OutboundReply reply, Object last) {
        if (reply.status() == 304 && last != null) {
            return CompletableFuture.completedFuture(new Fetched(null, last));
        }
        if (reply.status() / 100 != 2 || reply.cut()) {
            return CompletableFuture.failedFuture(new IOException(reply.cut() ? "the calendar has more than " + CalendarWindows.MAX_DOCUMENT_BYTES + " bytes"
                : "the server answered " + reply.status()));
        }
        return CompletableFuture.completedFuture(new Fetched(reply.body(), reply.headers().get("etag")));
    }

    @Override
    public void close() {
        client.close();
    }
}

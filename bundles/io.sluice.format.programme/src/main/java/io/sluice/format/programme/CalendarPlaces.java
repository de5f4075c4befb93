package io.sluice.format.programme;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;

/** Where calendars come from: files in the configured folders, URLs within the address policy. */
public final class CalendarPlaces implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 50;
    private static final int MAX_REDIRECTS = 5;
    private final Roots roots;
    private final OutboundPolicy policy;
    private final OutboundClient client;

    /**
     * @param configuration that the folders come from, for refusals
     * @param client        name of the HTTP client's threads
     * @param trust         whom https believes, or null for the JVM's authorities
     */
    public CalendarPlaces(List<Path> roots, OutboundPolicy policy, String configuration, String client, SSLContext trust) {
        this.roots = new Roots(roots, configuration);
        this.policy = policy;
        this.client = new OutboundClient(client, policy, MAX_CONNECTIONS, trust);
    }

    public OutboundPolicy policy() {
        return policy;
    }

    /** @param stamp of the last time, or null. Blocks for files */
    CompletableFuture<Fetched> fetch(CalendarPlace place, Object stamp, FetchRequest request) {
        try {
            return place.url() == null ? CompletableFuture.completedFuture(file(place.path(), stamp)) : url(place, stamp, request);
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** A file's path; where it is now, for a watch. @throws IOException when it may not be read, or is not there */
    public Path resolve(String path) throws IOException {
        return roots.resolve(path);
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

    private CompletableFuture<Fetched> url(CalendarPlace place, Object last, FetchRequest request) {
        Map<String, String> headers = new HashMap<>(request.headers());
        if (last instanceof String tag) {
            headers.put("If-None-Match", tag);
        }
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

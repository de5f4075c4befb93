package io.sluice.format.http;

import io.sluice.format.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.io.CloseMode;

/**
 * Sends requests and keeps their connections for the next ones. HTTP/1.1; no proxy, no cookies, no compression. Three threads of its own from the first request to {@link #close}.
 * All methods from any thread; none blocks.
 */
public final class OutboundClient implements AutoCloseable {
    /** Finds the addresses of a name; may block. */
    @FunctionalInterface
    interface Lookup {
        InetAddress[] find(String host) throws UnknownHostException;
    }

    private final String name;
    private final OutboundPolicy policy;
    private final int maxConnections;
    private final SSLContext trust;
    private final Lookup lookup;
    private final LimitedExecutor lookups = new LimitedExecutor();
    private final Set<CompletableFuture<OutboundReply>> open = new HashSet<>();
    private CloseableHttpAsyncClient client;
    private ScheduledThreadPoolExecutor timer;
    private boolean closed;

    /**
     * @param name           of its thread
     * @param policy         every URL and every address is asked for
     * @param maxConnections at once, to one host and in all; further requests wait while their time-out runs
     * @param trust          whom https believes; see {@link Trust}
     */
    public OutboundClient(String name, OutboundPolicy policy, int maxConnections, SSLContext trust) {
        this(name, policy, maxConnections, trust, InetAddress::getAllByName);
    }

    OutboundClient(String name, OutboundPolicy policy, int maxConnections, SSLContext trust, Lookup lookup) {
        this.name = name;
        this.policy = policy;
        this.maxConnections = maxConnections;
        this.trust = trust;
        this.lookup = lookup;
    }

    /**
     * Sends a request and follows redirects; each address is looked up once, judged, and then connected to.
     *
     * @param workers for looking up names, a few at a time
     * @return the reply, whatever its status; exceptionally an IOException with a sentence. Completed on a thread of this client: do little there. Cancelling it ends the request
     */
    public CompletableFuture<OutboundReply> send(OutboundRequest request, Executor workers) {
        CompletableFuture<OutboundReply> reply = new CompletableFuture<>();
        try {
            OutboundExchange exchange = new OutboundExchange(open(), policy, lookup, lookups.over(workers), request, reply);
            limit(reply, request.timeoutMillis());
            exchange.start();
        } catch (IOException e) {
            reply.completeExceptionally(e);
        }
        return reply;
    }

    private synchronized CloseableHttpAsyncClient open() throws IOException {
        if (closed) {
            throw new IOException("requests are no longer sent");
        }
        if (client == null) {
            client = ClientSettings.open(name, maxConnections, trust);
            timer = new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory(name + "-timer", true));
            timer.setRemoveOnCancelPolicy(true);
        }
        return client;
    }

    private synchronized void limit(CompletableFuture<OutboundReply> reply, long millis) throws IOException {
        if (closed) {
            throw new IOException("requests are no longer sent");
        }
        open.add(reply);
        Future<?> late = timer.schedule(() -> reply.completeExceptionally(new IOException("no whole answer within " + millis + " ms")), millis, TimeUnit.MILLISECONDS);
        reply.whenComplete((r, e) -> {
            late.cancel(false);
            ended(reply);
        });
    }

    private synchronized void ended(CompletableFuture<OutboundReply> reply) {
        open.remove(reply);
    }

    /** Ends what runs, its connections and the threads; takes some milliseconds. */
    @Override
    public void close() {
        List<CompletableFuture<OutboundReply>> ending;
        CloseableHttpAsyncClient ended;
        synchronized (this) {
            closed = true;
            ended = client;
            client = null;
            ending = List.copyOf(open);
        }
        if (ended != null) {
            timer.shutdownNow();
            ending.forEach(r -> r.completeExceptionally(new IOException("requests are no longer sent")));
            ended.close(CloseMode.GRACEFUL);
        }
    }
}

package io.sluice.format.http;

import io.sluice.format.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;

/**
 * One request with its redirects: check the URL, look up its host, judge the addresses, send, look at the answer. One step after the other, on workers and on the client's thread.
 */
final class OutboundExchange {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final CloseableHttpAsyncClient client;
    private final OutboundPolicy policy;
    private final OutboundClient.Lookup lookup;
    private final Executor workers;
    private final OutboundRequest request;
    private final CompletableFuture<OutboundReply> reply;
    private volatile Sent sent;
    private volatile AsyncExecRuntime connection;
    private String method;
    private Map<String, String> headers;
    private byte[] body;
    private int redirects;
    private boolean again;

    OutboundExchange(CloseableHttpAsyncClient client, OutboundPolicy policy, OutboundClient.Lookup lookup, Executor workers, OutboundRequest request,
        CompletableFuture<OutboundReply> reply) {
        this.client = client;
        this.policy = policy;
        this.lookup = lookup;
        this.workers = workers;
        this.request = request;
        this.reply = reply;
        method = request.method().toUpperCase(Locale.ROOT);
        headers = request.headers();
        body = request.body();
    }

    void start() {
        reply.whenComplete((r, e) -> end());
        go(request.uri());
    }

    private void go(URI uri) {
        try {
            policy.check(uri);
            workers.execute(() -> judge(uri));
        } catch (IOException e) {
            reply.completeExceptionally(e);
        } catch (RuntimeException e) {
            fail("no thread is free to look up '" + uri.getHost() + "'");
        }
    }

    private void judge(URI uri) {
        if (reply.isDone()) {
            return;
        }
        try {
            connect(uri, policy.permitted(uri.getHost(), Arrays.asList(lookup.find(uri.getHost()))), 0);
        } catch (java.net.UnknownHostException e) {
            fail("there is no host '" + uri.getHost() + "'");
        } catch (IOException e) {
            reply.completeExceptionally(e);
        } catch (RuntimeException e) {
            fail(Reasons.of(e));
        }
    }

    private void connect(URI uri, List<InetAddress> addresses, int at) {
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        HttpHost host = new HttpHost(scheme, addresses.get(at), uri.getHost().replaceAll("[\\[\\]]", ""), port);
        CompletableFuture<OutboundReply> one = new CompletableFuture<>();
        one.whenComplete((r, e) -> {
            if (r != null) {
                look(uri, r);
            } else if (Reasons.unreachable(e) && at + 1 < addresses.size()) {
                connect(uri, addresses, at + 1);
            } else if (Reasons.gone(e) && method.equals("GET") && !again) {
                again = true; // the server closed an idle connection just when it was used
                connect(uri, addresses, at);
            } else {
                fail(Reasons.of(e));
            }
        });
        connection = null;
        sent = new Sent(client.execute(host, producer(uri), new ReplyConsumer(request.maxBytes(), one, reply::isDone), null, context(), new Completion(one)), one);
        if (reply.isDone()) {
            end();
        }
    }

    /** Who is silent for longer than anybody waits is left. */
    private HttpClientContext context() {
        HttpClientContext context = HttpClientContext.create();
        context.setRequestConfig(RequestConfig.copy(ClientSettings.REQUESTS).setResponseTimeout(request.timeoutMillis(), TimeUnit.MILLISECONDS).build());
        ConnectionWatch.register(context, this::connected);
        return context;
    }

    private AsyncRequestProducer producer(URI uri) {
        AsyncRequestBuilder builder = AsyncRequestBuilder.create(method).setUri(uri);
        headers.forEach(builder::setHeader);
        if (body.length > 0 || WITH_BODY.contains(method)) {
            builder.setEntity(body, headers.keySet().stream().anyMatch("content-type"::equalsIgnoreCase) ? null : ContentType.TEXT_PLAIN);
        }
        return builder.build();
    }

    private void look(URI uri, OutboundReply answer) {
        String location = answer.headers().get("location");
        if (!REDIRECTS.contains(answer.status()) || location == null || request.maxRedirects() == 0) {
            reply.complete(answer);
        } else if (++redirects > request.maxRedirects()) {
            fail("it redirects more than " + request.maxRedirects() + " times");
        } else {
            redirect(answer.status(), uri, location);
        }
    }

    private void redirect(int status, URI from, String location) {
        URI to;
        try {
            to = from.resolve(location);
        } catch (IllegalArgumentException e) {
            fail("it redirects to something that is no URL");
            return;
        }
        if ("https".equalsIgnoreCase(from.getScheme()) && "http".equalsIgnoreCase(to.getScheme())) {
            fail("it redirects from https to http");
            return;
        }
        if (status == 303 || status < 303 && method.equals("POST")) { // RFC 9110 sections 15.4.2 to 15.4.4
            method = "GET";
            body = new byte[0];
        }
        if (!origin(from).equals(origin(to))) {
            headers = HeaderRules.elsewhere(headers);
        }
        go(to);
    }

    private static String origin(URI uri) {
        return (uri.getScheme() + "://" + uri.getHost() + ":" + uri.getPort()).toLowerCase(Locale.ROOT);
    }

    private void fail(String why) {
        reply.completeExceptionally(new IOException(why));
    }

    private boolean connected(AsyncExecRuntime on) {
        connection = on;
        return !reply.isDone();
    }

    private void end() {
        Sent now = sent;
        AsyncExecRuntime on = connection;
        if (now != null && !now.reply.isDone()) {
            now.future.cancel(true);
            if (on != null) {
                on.discardEndpoint();
            }
        }
    }

    /** What is under way. Cancelling it once its reply is there would close a connection that is to be kept. */
    private record Sent(Future<?> future, CompletableFuture<OutboundReply> reply) {
    }

    private record Completion(CompletableFuture<OutboundReply> one) implements FutureCallback<OutboundReply> {
        @Override
        public void completed(OutboundReply result) {
            one.complete(result);
        }

        @Override
        public void failed(Exception e) {
            one.completeExceptionally(e);
        }

        @Override
        public void cancelled() {
            one.completeExceptionally(new IOException("the request was ended"));
        }
    }
}

package io.sluice.trigger.webhook.internal;

import io.sluice.format.outbound.OutboundDenied;
import io.sluice.format.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.nio.AsyncRequestProducer;
import org.apache.hc.core5.http.nio.support.AsyncRequestBuilder;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP client: hundreds of connections on one thread of its own (and one that waits for its end); both end with it, and nothing starts before the first request. Follows no redirect, keeps no cookie. Connects
 * only to addresses that the policy permits. Any thread; only {@link #resolve} waits, for the name service.
 */
final class HookClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HookClient.class);
    private static final Timeout CONNECT = Timeout.ofSeconds(5);
    private static final TimeValue IDLE = TimeValue.ofSeconds(30);
    /** Names are those of configured targets. Should somebody change them all day, the table begins anew. */
    private static final int MAX_NAMES = 1000;

    private volatile OutboundPolicy policy;
    private int connectionsPerTarget;
    private final Map<String, InetAddress[]> resolved = new ConcurrentHashMap<>();
    private PoolingAsyncClientConnectionManager connections;
    private CloseableHttpAsyncClient client;
    private volatile boolean closed;

    HookClient(OutboundPolicy policy, int connectionsPerTarget) {
        this.policy = policy;
        this.connectionsPerTarget = connectionsPerTarget;
    }

    /** Counts from the next request on; those under way are left alone. */
    synchronized void configured(OutboundPolicy changed, int connectionsForEach) {
        policy = changed;
        connectionsPerTarget = connectionsForEach;
        if (connections != null) {
            connections.setDefaultMaxPerRoute(connectionsForEach);
        }
    }

    void check(URI uri) throws OutboundDenied {
        policy.check(uri);
    }

    /** Looks the host's addresses up, which may wait, and judges them: who connects later finds them here and asks nobody. On workers. */
    void resolve(URI uri) throws IOException, OutboundDenied {
        policy.check(uri);
        String host = uri.getHost();
        if (resolved.size() > MAX_NAMES) {
            resolved.clear();
        }
        try {
            resolved.put(host, policy.permitted(host, Arrays.asList(InetAddress.getAllByName(host))).toArray(InetAddress[]::new));
        } catch (UnknownHostException e) {
            throw new IOException("the host '" + host + "' is not known", e);
        }
    }

    private final class Judged implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = resolved.get(host);
            if (addresses == null) {
                throw new UnknownHostException(host + " was not looked up");
            }
            return addresses;
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }

    private synchronized CloseableHttpAsyncClient client() throws IOException {
        if (closed) {
            throw new Final("web hooks are no longer called");
        }
        if (client == null) {
            connections = PoolingAsyncClientConnectionManagerBuilder.create().setDnsResolver(new Judged()).setMaxConnPerRoute(connectionsPerTarget)
                .setMaxConnTotal(Integer.MAX_VALUE).setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setTlsStrategy(ClientTlsStrategyBuilder.create().setHostVerificationPolicy(HostnameVerificationPolicy.BUILTIN).buildAsync())
                .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).setHandshakeTimeout(CONNECT).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT).build()).build();
            client = HttpAsyncClients.custom().setConnectionManager(connections)
                .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build()).setThreadFactory(new DefaultThreadFactory("sluice-webhook", true))
                .setIoReactorExceptionCallback(this::failed).setKeepAliveStrategy((response, context) -> IDLE).setUserAgent("Sluice").disableAutomaticRetries().disableRedirectHandling().disableCookieManagement()
                .disableAuthCaching().disableContentCompression().build();
            client.start();
        }
        return client;
    }

    /** The client's thread has ended by an error; a selector that is closed when we close says so. */
    private void failed(Exception e) {
        if (!closed) {
            LOG.error("the HTTP client for web hooks does not work any more; stop and start the bundle", e);
        }
    }

    /** @return ends in an answer of whatever status, or exceptionally; cancelling it closes the connection that it is on */
    CompletableFuture<HookAnswer> post(HookRequest hook) {
        CompletableFuture<HookAnswer> answer = new CompletableFuture<>();
        AsyncRequestBuilder request = AsyncRequestBuilder.post(hook.uri()).setEntity(hook.body(), ContentType.parse(hook.contentType()));
        hook.headers().forEach(request::addHeader);
        AsyncRequestProducer producer = request.build();
        HttpClientContext context = HttpClientContext.create();
        Timeout patience = Timeout.ofMilliseconds(hook.attemptMillis());
        context.setRequestConfig(RequestConfig.custom().setResponseTimeout(patience).setConnectionRequestTimeout(patience).build());
        try {
            Future<HookAnswer> running = client().execute(producer, new AnswerReader(), null, context, callback(answer));
            answer.whenComplete((got, e) -> {
                if (answer.isCancelled()) {
                    running.cancel(true);
                }
            });
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
        return answer;
    }

    private static FutureCallback<HookAnswer> callback(CompletableFuture<HookAnswer> answer) {
        return new FutureCallback<>() {
            @Override
            public void completed(HookAnswer got) {
                answer.complete(got);
            }

            @Override
            public void failed(Exception e) {
                answer.completeExceptionally(e);
            }

            @Override
            public void cancelled() {
                answer.completeExceptionally(new IOException("it was given up"));
            }
        };
    }

    /** Whether it may go better the next time: an error of the network. */
    static boolean passing(Throwable e) {
        return cause(e) instanceof IOException io && !(io instanceof Final) && !(io instanceof javax.net.ssl.SSLException);
    }

    static String words(Throwable e) {
        Throwable cause = cause(e);
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    /** It would be the same the next time. */
    static final class Final extends IOException {
        private static final long serialVersionUID = 1L;

        Final(String message) {
            super(message);
        }
    }

    private static Throwable cause(Throwable e) {
        return e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close(CloseMode.IMMEDIATE);
        }
    }
}

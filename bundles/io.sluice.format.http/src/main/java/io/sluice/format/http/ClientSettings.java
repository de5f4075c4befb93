package io.sluice.format.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ClosedSelectorException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.config.TlsConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.core5.concurrent.DefaultThreadFactory;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.apache.hc.core5.reactor.IOReactorConfig;
import org.slf4j.LoggerFactory;

/** The library, reduced to sending a request to an address and reading the answer: redirects, cookies, retries, authentication and compression are left out. */
final class ClientSettings {
    private static final int CONNECT_SECONDS = 10;
    /** Longer than the usual interval of a check, shorter than what servers and translators keep. */
    private static final int IDLE_SECONDS = 30;
    /** Then the name is looked up again: a service that moved is found. */
    private static final int LIFE_MINUTES = 10;
    static final RequestConfig REQUESTS = RequestConfig.custom().setContentCompressionEnabled(false).setRedirectsEnabled(false).setAuthenticationEnabled(false)
        .setProtocolUpgradeEnabled(false).build();
    private static final int MAX_HEADERS = 100;
    private static final int MAX_HEADER_BYTES = 8192;

    private ClientSettings() {
    }

    /** With its thread started. */
    static CloseableHttpAsyncClient open(String name, int maxConnections, SSLContext trust) {
        CloseableHttpAsyncClient client = HttpAsyncClients.custom()
            .setConnectionManager(PoolingAsyncClientConnectionManagerBuilder.create().setDnsResolver(new NoResolver())
                .setTlsStrategy(ClientTlsStrategyBuilder.create().setSslContext(trust).buildAsync()).setMaxConnTotal(maxConnections).setMaxConnPerRoute(maxConnections)
                .setDefaultTlsConfig(TlsConfig.custom().setVersionPolicy(HttpVersionPolicy.FORCE_HTTP_1).build())
                .setDefaultConnectionConfig(ConnectionConfig.custom().setConnectTimeout(CONNECT_SECONDS, TimeUnit.SECONDS).setIdleTimeout(IDLE_SECONDS, TimeUnit.SECONDS)
                    .setTimeToLive(LIFE_MINUTES, TimeUnit.MINUTES).build()).build())
            .setIOReactorConfig(IOReactorConfig.custom().setIoThreadCount(1).setTcpNoDelay(true).build())
            .setHttp1Config(Http1Config.custom().setMaxHeaderCount(MAX_HEADERS).setMaxLineLength(MAX_HEADER_BYTES).build())
            .setDefaultRequestConfig(REQUESTS)
            .addExecInterceptorBefore(ChainElement.MAIN_TRANSPORT.name(), "watch", new ConnectionWatch())
            .setIoReactorExceptionCallback(ClientSettings::complain).setThreadFactory(new DefaultThreadFactory(name, true)).setUserAgent("Sluice")
            .disableRedirectHandling().disableAutomaticRetries().disableCookieManagement().disableAuthCaching().disableContentCompression().disableConnectionState().build();
        client.start();
        return client;
    }

    private static void complain(Exception e) {
        if (!(e instanceof ClosedSelectorException)) { // its own when it is closed at once
            LoggerFactory.getLogger(OutboundClient.class).warn("HTTP requests: {}", Reasons.of(e));
        }
    }

    /** Requests bring their address, judged already. Were one to come without, it must not be found behind the policy's back. */
    private static final class NoResolver implements DnsResolver {
        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            throw new UnknownHostException("the address of '" + host + "' was not judged");
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}

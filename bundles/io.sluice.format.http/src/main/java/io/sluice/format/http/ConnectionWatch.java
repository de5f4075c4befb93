package io.sluice.format.http;

import java.io.IOException;
import org.apache.hc.client5.http.async.AsyncExecCallback;
import org.apache.hc.client5.http.async.AsyncExecChain;
import org.apache.hc.client5.http.async.AsyncExecChainHandler;
import org.apache.hc.client5.http.async.AsyncExecRuntime;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;

/**
 * Stands between the library's connecting and its sending, and gives an exchange its connection, so that it can be closed: the library loses a cancellation that comes while it opens
 * one, and would then wait for an answer that nobody wants. On the client's thread.
 */
final class ConnectionWatch implements AsyncExecChainHandler {
    private static final String EXCHANGE = "sluice.exchange";

    /** Whoever is to know. */
    interface Watcher {
        /** @return whether the request is still to be sent */
        boolean connected(AsyncExecRuntime connection);
    }

    static void register(HttpClientContext context, Watcher watcher) {
        context.setAttribute(EXCHANGE, watcher);
    }

    @Override
    public void execute(HttpRequest request, AsyncEntityProducer body, AsyncExecChain.Scope scope, AsyncExecChain chain, AsyncExecCallback callback)
        throws HttpException, IOException {
        if (scope.clientContext.getAttribute(EXCHANGE) instanceof Watcher watcher && !watcher.connected(scope.execRuntime)) {
            scope.execRuntime.discardEndpoint();
            callback.failed(new IOException("nobody waits for the answer any more"));
            return;
        }
        chain.proceed(request, body, scope, callback);
    }
}

package io.sluice.api.net;

import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** Connections that we open, over TCP or TLS. They are connections like those that come: the same loops, buffers, limits and counters. From any thread. */
@ProviderType
public interface Dialer {
    /**
     * Connects. The name is looked up off the loops; each address is held against the configured policy, and none may be one of our own listeners (a push to ourselves is a loop).
     *
     * @param open called on the connection's loop, once it is there (and TLS agreed on): makes what speaks on it
     * @return completes on the connection's loop; exceptionally with a sentence that says why: refused, timed out, forbidden by which policy, wrong certificate. Its
     *         {@code toCompletableFuture()} may be cancelled: then nothing is left of it
     */
    CompletionStage<Connection> dial(DialRequest request, Function<Connection, ConnectionHandler> open);
}

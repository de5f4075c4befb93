package io.sluice.api.net;

import org.osgi.annotation.versioning.ConsumerType;

/**
 * Answers HTTP exchanges. Registered as a service with {@link Protocol#NAME} and {@link #PATHS}: the patterns it wants, where {@code *}
 * stands for any characters within one segment and a last {@code **} for the rest, for instance {@code /hls/**} or {@code /*.html}. The longest
 * literal beginning wins. What is HTTP's own (parsing, limits, HEAD, OPTIONS, CORS headers, keep-alive) is the core's.
 */
@ConsumerType
public interface HttpRoute {
    /** Service property: String or String[] of path patterns. */
    String PATHS = "sluice.paths";

    /** Called on the exchange's event loop; may answer later, from that loop. An exception becomes a 500 with one log line. */
    void serve(HttpExchange exchange);
}

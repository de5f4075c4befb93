package io.sluice.net.internal.http;

import io.sluice.api.net.Connection;
import io.sluice.net.internal.TrustedProxies;

/** What HTTP needs of the connection that it is spoken on. */
public interface HttpHost {
    Connection connection();

    /** Closes the connection where nobody did wrong: nothing is said of it at the usual log level. On the loop. */
    void over(String reason);

    /** Says in the log what the peer did wrong, unless too many others do at the moment. */
    void complain(String fault);

    /** Calls the task at the end of the loop's event; on the loop. */
    void flushLater(Runnable flush);

    /** How many exchanges run on this connection now; on the loop. */
    void exchanges(int running);

    /** Whose headers tell a client's address; from any thread. */
    TrustedProxies proxies();

    /** Rises while the peer takes bytes; on the loop. */
    long sendProgress();
}

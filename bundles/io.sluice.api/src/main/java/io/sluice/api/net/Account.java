package io.sluice.api.net;

import org.osgi.annotation.versioning.ConsumerType;

/** Whom a connection's bytes belong to; see {@link Connection#account}. Called on the connection's loop, often: must be cheap and must not throw. */
@ConsumerType
public interface Account {
    /** So many more bytes came from the kernel; framing included, TLS not. */
    void in(long bytes);

    /** The kernel took so many more bytes; framing included, TLS not. */
    void out(long bytes);

    /** So many more packets were sent, were lost, were sent again, as the kernel says; looked at every ten seconds or more, and not at all where it does not tell. */
    default void packets(long sent, long lost, long retransmitted) {
    }
}

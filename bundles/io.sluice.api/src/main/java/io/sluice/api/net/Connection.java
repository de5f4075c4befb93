package io.sluice.api.net;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One peer's connection, owned by the core; it outlives the handler that speaks on it. All methods but {@link #close},
 * {@link #loop} and the plain facts are called on its event loop.
 */
@ProviderType
public interface Connection {
    /** Unique in this process; log lines name it. */
    long id();

    /** The peer; where a trusted proxy told it by the PROXY protocol, what that says. */
    InetSocketAddress remote();

    InetSocketAddress local();

    /** The peer speaks TLS with us. */
    boolean secure();

    /** Runs a task on the event loop of this connection: one object for all connections of that loop, which refers to none of them. A task must not block. */
    Executor loop();

    /** Sends bytes in order; takes over the caller's reference. Flushed at the end of the event that the loop is in. After close: released, nothing sent. */
    void write(ByteBuf bytes);

    /** False while the peer takes bytes more slowly than we write; {@link ConnectionHandler#writable} is called when that ends. */
    boolean writable();

    /** Stops or resumes reading from the peer; a slow intake is how ingest is throttled. */
    void reading(boolean on);

    /**
     * Calls the task once on the loop after the time. It is cancelled by the answer's close, by the connection's end and by a hand-over
     * (the next version sets its own).
     */
    AutoCloseable schedule(long delayNanos, Runnable task);

    /** Says what the connection does, for logs and pages: role "publish", "play", "push" or "", and a stream's name or "". */
    void describe(String role, String stream);

    /** Called once when the connection has ended, after the handler's own closed(); a hand-over does not clear it. For the core's own bookkeeping. */
    void onEnd(Runnable task);

    /** Called once when the socket is closed and every byte that it will ever take is counted; after {@link #onEnd}, which comes while last words are still on their way. For the core's own bookkeeping. */
    void onClosed(Runnable task);

    /**
     * Counts the bytes from here on for this account. Those that belonged to nobody so far (a handshake, the request just read) are its own too; what was written before
     * for another account stays that one's, though the kernel takes it later. HTTP: after each answer over HTTP/1.1 bytes belong to nobody again, until the next request's
     * account is named; in HTTP/2, where frames of several exchanges mix, the sum is exact and the split is not. What belongs to nobody when the connection ends is the last
     * account's. For the core's own bookkeeping.
     */
    void account(Account account);

    /**
     * Says in one line of the log what the peer did wrong, in words without secrets, for a connection that goes on after it; what repeats beyond what a person reads is
     * counted and not said. For the core's own bookkeeping.
     */
    void complain(String fault);

    /** Flushes what was written, then closes; from any thread. The reason is logged. */
    void close(String reason);
}

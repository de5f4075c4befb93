package io.sluice.api.session;

import io.sluice.api.stream.Denied;
import java.util.List;
import java.util.Set;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says what a session is. Registered as a service with sluice.name = the name that the configuration "Session strategy" selects. Never called on an event loop; called by
 * several threads. An answer that takes longer than the engine's deadline, throws or is too large is replaced by that of plain fields, with one log line; by a denial, where
 * the strategy {@linkplain #decides() decides} who gets in.
 */
@ConsumerType
public interface SessionStrategy {
    /**
     * The key of a connection.
     *
     * @param fields what is configured to identify this kind of connection: {@code stream}, {@code address}, {@code token}, {@code protocol}, {@code userAgent},
     *               {@code header:NAME}, {@code cookie:NAME}, {@code query:NAME}, {@code claim:NAME}
     * @throws Denied when the connection must not be: a token that is wrong
     */
    Identity identify(ConnectionFacts facts, List<String> fields);

    /** Names of HTTP headers, in lower case, that it wants in the facts beside {@code cookie} and {@code authorization}. */
    default Set<String> headers() {
        return Set.of();
    }

    /** Whether its denials are what keeps strangers out: then nobody new is let in while it does not answer. Who is in stays. */
    default boolean decides() {
        return false;
    }
}

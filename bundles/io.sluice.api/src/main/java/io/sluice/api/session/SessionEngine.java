package io.sluice.api.session;

import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Joins visits to sessions. One plugin, of the name {@link #NAME}; the core listens to the elected version and serves media without it, too. Only the bundle io.sluice.sessions
 * (any version) is accepted, as it decides who gets in.
 */
@ConsumerType
public interface SessionEngine {
    String NAME = "sessions";

    /**
     * Begins to work; called once for each version that is elected, off the event loops, after the one before was closed.
     *
     * @param visits what is and was there meanwhile
     */
    Collation begin(Visits visits);

    /** The engine at work. */
    interface Collation extends AutoCloseable {
        /**
         * A visit asks to be let in. Called on its connection's loop: must return at once.
         *
         * @return completes on any thread; exceptionally with {@link io.sluice.api.stream.Denied}. For a visitor of a session that is known already it is complete on return
         */
        CompletionStage<Admitted> enter(Visit visit);

        /** Names of HTTP headers that the facts are to hold, in lower case. Cheap: asked for each request. */
        Set<String> headers();

        /** Ends its work and keeps its state in the core; nobody is cut. Off the event loops. */
        @Override
        void close();
    }
}

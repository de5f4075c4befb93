package io.sluice.api.trigger;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to reach whoever answers: a web hook, an executable. Registered as a service with sluice.name = the name that a trigger's configuration selects. */
@ConsumerType
public interface TriggerHandler {
    /**
     * Hands an event over. Called on a worker, one call after another for each target: should not block, as later ones of the same target wait for it.
     *
     * @return the answer's text; exceptionally when there is none, which the engine counts as a failure and answers by the configured default; the exception's message is shown
     *         to people and holds no secret. Its {@code toCompletableFuture()} is cancelled at the time-out, or when nobody waits any more
     */
    CompletionStage<String> handle(TriggerCall call);

    /** What is wrong with these parameters, in words, or "". Looked at when a trigger is configured and when the handler comes. */
    default String problem(Map<String, String> parameters) {
        return "";
    }
}

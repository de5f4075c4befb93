package io.sluice.api.trigger;

import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The engine that hands events to whoever is configured for them. One plugin of the name {@link #NAME}; core and engines listen to its elected version and go on without it:
 * then nobody is asked. All methods from any thread, event loops included: none blocks.
 */
@ConsumerType
public interface Triggers {
    String NAME = "triggers";

    /** Whether anybody is to hear of it; lets who fires often save the making of the event. Cheap. */
    boolean wants(String type, String stream);

    /**
     * Asks. Ends within the handlers' time-outs in a decision, never exceptionally; completes on a thread of the engine's. Cancelling the answer's
     * {@code toCompletableFuture()} gives up the question: a peer that left.
     */
    CompletionStage<TriggerAnswer> ask(TriggerEvent event);

    /** Tells; the answers of handlers are ignored. */
    void tell(TriggerEvent event);
}

package io.sluice.api.trigger;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ConsumerType;

/** A way to reach whoever answers: a web hook, an executable. Registered as a service with sluice.name = the name that a trigger's configuration selects. */
@ConsumerType
public interface TriggerHandler {
    /**
     * Hands an event over. Must not block its caller.
     *
     * @param event      what happened
     * @param parameters of the configuration, such as {@code target}; the handler's README lists them
     * @param question   an answer is waited for
     * @return the answer's text; exceptionally when there is none, which the engine counts as a failure and answers by the configured default. Cancelled at the time-out
     */
    CompletionStage<String> handle(TriggerEvent event, Map<String, String> parameters, boolean question);

    /** What is wrong with these parameters, in words, or "". */
    default String problem(Map<String, String> parameters) {
        return "";
    }
}

package io.sluice.api.trigger;

import java.util.Map;

/**
 * One event on its way to one handler.
 *
 * @param event         what happened
 * @param id            of the event: the same for every handler and every attempt, unique over restarts
 * @param atMillis      when it happened, Unix time
 * @param payload       the text to hand over: lines, or JSON where the trigger's configuration asks for it; UTF-8 on the wire
 * @param json          whether the payload is JSON
 * @param question      an answer is waited for
 * @param defaultAnswer what counts when there is none, for handlers that pass it on; "" when none is configured
 * @param timeoutMillis after which the engine gives up, counted from the event
 * @param parameters    of the configuration, such as {@code target}; the handler's README lists them. May hold secrets
 */
public record TriggerCall(TriggerEvent event, String id, long atMillis, String payload, boolean json, boolean question, String defaultAnswer, long timeoutMillis,
    Map<String, String> parameters) {
    public TriggerCall {
        parameters = Map.copyOf(parameters);
    }

    /** Never prints a parameter. */
    @Override
    public String toString() {
        return event.type() + " " + id;
    }
}

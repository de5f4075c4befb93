package io.sluice.triggers.internal;

import io.sluice.api.trigger.TriggerCall;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerType;

/** An event that happened just now, and its two written forms, each made at most a few times and only when somebody wants it. */
final class Occurrence {
    private final TriggerEvent event;
    private final TriggerType type;
    private final String id;
    private final long atMillis;
    private final long startNanos = System.nanoTime();
    private volatile String plain;
    private volatile String json;

    Occurrence(TriggerEvent event, TriggerType type, String id, long atMillis) {
        this.event = event;
        this.type = type;
        this.id = id;
        this.atMillis = atMillis;
    }

    TriggerType type() {
        return type;
    }

    long startNanos() {
        return startNanos;
    }

    /** What a handler gets of it. */
    TriggerCall call(TriggerConfig config, boolean question) {
        return new TriggerCall(event, id, atMillis, config.json() ? json() : plain(), config.json(), question, config.defaultAnswer(), config.timeoutMillis(), config.parameters());
    }

    private String plain() {
        String made = plain;
        if (made == null) {
            made = event.payload() + TypeTable.lastLineEnd(type);
            plain = made;
        }
        return made;
    }

    private String json() {
        String made = json;
        if (made == null) {
            made = JsonPayload.of(event, type, id, atMillis);
            json = made;
        }
        return made;
    }

    @Override
    public String toString() {
        return event.type() + (event.stream().isEmpty() ? "" : " of " + event.stream()) + " " + id;
    }
}

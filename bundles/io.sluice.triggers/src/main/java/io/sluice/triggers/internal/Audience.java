package io.sluice.triggers.internal;

import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The listeners of the white board, each with a bounded queue of its own: one that is slow misses events and delays nobody. Any thread. */
final class Audience {
    private final Map<TriggerListener, Mailbox> boxes = new ConcurrentHashMap<>();
    private final Executor workers;
    private volatile int limit;

    Audience(Executor workers, int limit) {
        this.workers = workers;
        this.limit = limit;
    }

    void limit(int changed) {
        limit = changed;
    }

    void add(TriggerListener listener, String bundle) {
        boxes.put(listener, new Mailbox(listener, bundle, workers));
    }

    /** After the return it is called at most for the event that it is hearing now. */
    void remove(TriggerListener listener) {
        Mailbox box = boxes.remove(listener);
        if (box != null) {
            box.close();
        }
    }

    boolean listens() {
        return !boxes.isEmpty();
    }

    void hear(TriggerEvent event) {
        boxes.values().forEach(box -> box.put(event, limit));
    }
}

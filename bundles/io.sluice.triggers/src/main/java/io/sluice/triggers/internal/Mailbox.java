package io.sluice.triggers.internal;

import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerListener;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Events on their way to one listener, one after another, on a worker. */
final class Mailbox {
    private static final Logger LOG = LoggerFactory.getLogger(Mailbox.class);

    private final TriggerListener listener;
    private final String bundle;
    private final Executor workers;
    private final Queue<TriggerEvent> events = new ArrayDeque<>();
    private boolean delivering;
    private boolean closed;
    private long missed;
    private final Pace slow = new Pace();
    private final Pace failing = new Pace();

    Mailbox(TriggerListener listener, String bundle, Executor workers) {
        this.listener = listener;
        this.bundle = bundle;
        this.workers = workers;
    }

    synchronized void put(TriggerEvent event, int limit) {
        if (closed || events.size() >= limit) {
            missed += closed ? 0 : 1;
            complain();
            return;
        }
        events.add(event);
        if (!delivering) {
            try {
                workers.execute(this::deliver);
                delivering = true;
            } catch (RejectedExecutionException e) {
                missed += events.size();
                events.clear();
                complain();
            }
        }
    }

    private void complain() {
        if (missed > 0 && slow.admit() >= 0) {
            LOG.warn("a listener of {} is too slow: it has missed {} events so far", bundle, missed);
        }
    }

    private void deliver() {
        for (TriggerEvent event = next(); event != null; event = next()) {
            try {
                listener.heard(event);
            } catch (RuntimeException | LinkageError e) {
                long before = failing.admit();
                if (before >= 0) {
                    LOG.warn("a listener of {} failed on {}{}", bundle, event.type(), Pace.more(before), e);
                }
            }
        }
    }

    private synchronized TriggerEvent next() {
        TriggerEvent event = events.poll();
        delivering = event != null;
        return event;
    }

    synchronized void close() {
        closed = true;
        events.clear();
    }
}

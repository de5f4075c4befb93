package io.sluice.variables.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.VariableChange;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import io.sluice.variables.internal.expand.Expander;
import io.sluice.variables.internal.keep.Kept;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads variables when they are due. One thread owns all that changes here and calls {@link #round} again and again; others {@link #post} what is to be done. Sources run on
 * workers, never here.
 */
final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);
    private static final long MILLI = 1_000_000;
    /** What is due at once after a start is spread over so much. */
    private static final long SPREAD_NANOS = 1000 * MILLI;
    /** A source that cries change without end is read fifty times a second. */
    private static final long LEAST_GAP_NANOS = 20 * MILLI;
    /** A variable that is to be read once and could not be. */
    private static final long RETRY_NANOS = 5000 * MILLI;
    private final Clock clock;
    private final Slots slots;
    private final Sources sources;
    private final Workers workers;
    private final Expander expander;
    private final Failures failures = new Failures(LOG);
    private final Delays delays;
    private final DueHeap<Slot> due = new DueHeap<>();
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Map<String, List<Reading>> batches = new HashMap<>();
    private volatile Runnable wake = () -> {
    };

    Engine(Clock clock, Slots slots, Sources sources, Workers workers, Expander expander) {
        this.clock = clock;
        this.slots = slots;
        this.sources = sources;
        this.workers = workers;
        this.expander = expander;
        this.delays = new Delays(clock.nanos());
    }

    Clock clock() {
        return clock;
    }

    Delays delays() {
        return delays;
    }

    /** Called whenever something was posted. */
    void onPost(Runnable waker) {
        wake = waker;
    }

    void post(Runnable task) {
        posted.add(task);
        wake.run();
    }

    boolean hasPosted() {
        return !posted.isEmpty();
    }

    /** Does what was posted and what is due. @return nanoseconds until the next is due */
    long round() {
        runPosted();
        long now = clock.nanos();
        for (Slot s = due.first(); s != null && s.dueNanos() - now <= 0; s = due.first()) {
            Slot slot = s;
            due.remove(slot);
            guarded(() -> due(slot, now));
        }
        batches.forEach((type, batch) -> {
            List<Reading> readings = List.copyOf(batch);
            batch.clear();
            if (!readings.isEmpty()) {
                workers.of(type).execute(() -> readings.forEach(Reading::run));
            }
        });
        delays.tick(now);
        failures.tick(now);
        Slot first = due.first();
        return first == null ? Long.MAX_VALUE : Math.max(0, first.dueNanos() - now);
    }

    /** Does what was posted, and begins nothing. */
    void runPosted() {
        for (Runnable task = posted.poll(); task != null; task = posted.poll()) {
            guarded(task);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a task of the variables failed; the others go on", e);
        }
    }

    private void due(Slot slot, long now) {
        Reading running = slot.reading;
        if (running == null) {
            start(slot, now);
        } else if (running.giveUp()) {
            slot.reading = null;
            workers.cancelling().execute(running::abandon);
            failed(slot, "no answer within " + running.request.timeoutMillis() + " ms", running.millis());
            scheduleNext(slot);
        }
    }

    private void start(Slot slot, long now) {
        Definition definition = slot.definition;
        Plugin<VariableSource> plugin = sources.get(definition.type());
        slot.waits = plugin == null;
        if (plugin == null) {
            slot.state = slot.state.next(0);
            return;
        }
        slot.lastStartNanos = now;
        prepare(slot, Sources.template(plugin));
        Watch watch = slot.watch;
        boolean watches = watch == null || !watch.isOf(slot.request, plugin);
        slot.reading = new Reading(this, slot, slot.request, plugin, watches);
        due.schedule(slot, now + definition.waitMillis() * MILLI);
        batches.computeIfAbsent(definition.type(), t -> new ArrayList<>()).add(slot.reading);
    }

    /** Makes the request if it is not the one of before. What has no value stays as it is: a script has dollar signs of its own. */
    private void prepare(Slot slot, boolean template) {
        Definition d = slot.definition;
        slot.problem = "";
        boolean expands = !template && d.names();
        if (!expands && slot.request != null) {
            return;
        }
        Map<String, String> expanded = new HashMap<>(d.parameters());
        if (expands) {
            for (Map.Entry<String, String> parameter : expanded.entrySet()) {
                if (parameter.getValue().indexOf('$') >= 0) {
                    Expansion expansion = expander.expand(parameter.getValue(), Map.of());
                    slot.problem = expansion.problem().isEmpty() ? slot.problem : parameter.getKey() + ": " + expansion.problem();
                    parameter.setValue(expansion.text());
                }
            }
        }
        if (!slot.sameParameters(expanded)) {
            slot.request = new VariableRequest(d.name(), expanded, d.parameters(), t -> expander.expand(t, Map.of()), d.waitMillis(), d.maxBytes(), workers.of(d.type()));
        }
    }

    /** From any thread: a reading has ended. */
    void finished(Reading reading, String value, String error, long tookMillis) {
        post(() -> {
            Slot slot = reading.slot;
            if (slot.reading != reading) {
                return;
            }
            slot.reading = null;
            if (error.isEmpty()) {
                succeeded(slot, new Expander.Value(Text.clean(value, slot.definition.maxBytes()), Sources.template(reading.plugin)), tookMillis);
            } else {
                failed(slot, error, tookMillis);
            }
            scheduleNext(slot);
        });
    }

    private void succeeded(Slot slot, Expander.Value value, long tookMillis) {
        if (slot.state.failures() > 0) {
            failures.over(slot.definition.name(), slot.state.failures());
        }
        publish(slot, slot.state.read(value, clock.millis(), tookMillis));
    }

    private void failed(Slot slot, String why, long tookMillis) {
        String reason = slot.problem.isEmpty() ? why : why + " (" + slot.problem + ")";
        if (slot.state.failures() == 0) {
            failures.began(slot.definition.name(), reason);
        }
        slot.state = slot.state.failed(reason, tookMillis);
    }

    private void publish(Slot slot, Slot.State now) {
        Slot.State before = slot.state;
        slot.state = now;
        if (now.known() && (!before.known() || !before.text().text().equals(now.text().text()))) {
            slots.changed(slot, new VariableChange(slot.definition.name(), before.text().text(), now.text().text(), now.changedMillis()));
        }
    }

    private void scheduleNext(Slot slot) {
        long now = clock.nanos();
        long interval = slot.definition.intervalMillis() * MILLI;
        if (slot.again) {
            slot.again = false;
            schedule(slot, Math.max(now, slot.lastStartNanos + LEAST_GAP_NANOS));
        } else if (interval > 0) {
            schedule(slot, slot.gridNanos + (Math.floorDiv(now - slot.gridNanos, interval) + 1) * interval);
        } else if (slot.state.error().isEmpty()) {
            due.remove(slot);
            slot.state = slot.state.next(0);
        } else {
            schedule(slot, now + RETRY_NANOS);
        }
    }

    private void schedule(Slot slot, long dueNanos) {
        due.schedule(slot, dueNanos);
        slot.state = slot.state.next(clock.millis() + Math.max(0, dueNanos - clock.nanos()) / MILLI);
    }

    /** From any thread: a source says that this request would now give something else. */
    void changed(Slot slot, VariableRequest request) {
        post(() -> {
            if (slot.request == request) {
                readSoon(slot);
            }
        });
    }

    /** From any thread: a source watches. */
    void watching(Slot slot, Watch watch) {
        post(() -> {
            boolean wanted = slots.has(slot) && watch.isOf(slot.request, sources.get(slot.definition.type()));
            Watch closed = wanted ? slot.watch : watch;
            if (wanted) {
                slot.watch = watch;
            }
            if (closed != null) {
                workers.cancelling().execute(closed::close);
            }
            if (!wanted) {
                readSoon(slot);
            }
        });
    }

    /** Reads at once, or once more after the reading that runs. */
    void readSoon(Slot slot) {
        if (slot.reading != null) {
            slot.again = true;
        } else if (slots.has(slot)) {
            long soon = Math.max(clock.nanos(), slot.lastStartNanos + LEAST_GAP_NANOS);
            schedule(slot, slot.scheduled() && slot.dueNanos() - soon < 0 ? slot.dueNanos() : soon);
        }
    }

    /**
     * A variable begins, as the engine does.
     *
     * @param kept     what is known of it, or null
     * @param restarts whether a restart of the server lies between: then what is read once is read again
     */
    void begin(Slot slot, Kept kept, boolean restarts) {
        slot.lastStartNanos = clock.nanos() - LEAST_GAP_NANOS;
        Definition d = slot.definition;
        long now = clock.nanos();
        long inMillis = kept == null ? 0 : kept.nextMillis() - clock.millis();
        long interval = d.intervalMillis();
        if (interval > 0 && inMillis > 0 && inMillis <= interval) {
            slot.gridNanos = now + inMillis * MILLI;
        } else {
            slot.gridNanos = now + Math.floorMod(d.name().hashCode() * 0x9E3779B9L, interval > 0 ? Math.min(interval * MILLI, SPREAD_NANOS) : SPREAD_NANOS);
            if (interval == 0 && !restarts && kept != null && kept.readMillis() > 0 && !kept.watched()) {
                return;
            }
        }
        schedule(slot, slot.gridNanos);
    }

    /** A variable is new or was edited: it is read at once. */
    void begin(Slot slot) {
        long now = clock.nanos();
        stop(slot);
        slot.lastStartNanos = now - LEAST_GAP_NANOS;
        slot.gridNanos = now;
        schedule(slot, now);
    }

    void give(Slot slot, String value, boolean template) {
        publish(slot, slot.state.given(new Expander.Value(value, template), clock.millis()));
    }

    /** Nothing of it goes on. */
    void stop(Slot slot) {
        due.remove(slot);
        slot.again = false;
        slot.request = null;
        giveUp(slot);
        closeWatch(slot);
    }

    private void giveUp(Slot slot) {
        Reading running = slot.reading;
        slot.reading = null;
        if (running != null && running.giveUp()) {
            workers.cancelling().execute(running::abandon);
        }
    }

    private void closeWatch(Slot slot) {
        Watch watch = slot.watch;
        slot.watch = null;
        if (watch != null) {
            workers.cancelling().execute(watch::close);
        }
    }

    /** Another version of a source is elected, the first one, or none. Returns what is to be ended before the one of before can go. */
    List<Runnable> sourceChanged(String type, Plugin<VariableSource> now) {
        List<Runnable> ends = new ArrayList<>();
        for (Slot slot : slots.all()) {
            if (slot.definition.type().equals(type)) {
                Watch watch = slot.watch;
                slot.watch = null;
                slot.request = null;
                if (watch != null) {
                    ends.add(watch::close);
                }
                Reading running = slot.reading;
                boolean lost = now == null && running != null && running.giveUp();
                if (lost) {
                    ends.add(running::abandon);
                    slot.reading = null;
                    due.remove(slot);
                    slot.waits = true;
                }
                if (now != null && (slot.waits || watch != null)) {
                    slot.waits = false;
                    if (slot.reading == null) {
                        schedule(slot, clock.nanos() + Math.floorMod(slot.definition.name().hashCode() * 0x9E3779B9L, SPREAD_NANOS));
                    } else {
                        slot.again = true;
                    }
                }
            }
        }
        return ends;
    }
}

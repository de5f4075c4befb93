package io.sluice.variables.internal;

import io.sluice.api.plugin.Plugin;
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
    private static final long RELIEF_NANOS = 2_000_000;
    private final Clock clock;
    private final Slots slots;
    private final Sources sources;
    private final Workers workers;
    private final Requests requests;
    private final Failures failures = new Failures(LOG);
    private final Delays delays;
    private final Schedule schedule;
    private final ConcurrentLinkedQueue<Runnable> posted = new ConcurrentLinkedQueue<>();
    private final Map<String, List<Reading>> batches = new HashMap<>();
    private volatile boolean relief;
    private volatile Runnable wake = () -> {
    };

    Engine(Clock clock, Slots slots, Sources sources, Workers workers, Expander expander) {
        this.clock = clock;
        this.slots = slots;
        this.sources = sources;
        this.workers = workers;
        this.requests = new Requests(expander, workers);
        this.schedule = new Schedule(clock);
        this.delays = new Delays(clock.nanos());
    }

    Clock clock() {
        return clock;
    }

    Delays delays() {
        return delays;
    }

    /** Called whenever something was posted, or workers may need relief. */
    void onPost(Runnable waker) {
        wake = waker;
        workers.onWait(() -> {
            relief = true;
            waker.run();
        });
    }

    void post(Runnable task) {
        posted.add(task);
        wake.run();
    }

    boolean hasPosted() {
        return relief || !posted.isEmpty();
    }

    /** Does what was posted and what is due. @return nanoseconds until the next is due */
    long round() {
        relief = false;
        runPosted();
        long now = clock.nanos();
        for (Slot slot = schedule.poll(now); slot != null; slot = schedule.poll(now)) {
            Slot dueNow = slot;
            guarded(() -> due(dueNow, now));
        }
        batches.forEach((type, batch) -> {
            List<Reading> readings = List.copyOf(batch);
            batch.clear();
            if (!readings.isEmpty()) {
                guarded(() -> workers.of(type).execute(() -> readings.forEach(Reading::run)));
            }
        });
        delays.tick(now);
        failures.tick(now);
        return workers.relieve() ? Math.min(RELIEF_NANOS, schedule.untilNext(now)) : schedule.untilNext(now);
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
            failed(slot, "no answer within " + running.request.timeoutMillis() + " ms", running.millis());
            schedule.next(slot);
            workers.cancelling().execute(running::abandon);
        }
    }

    private void start(Slot slot, long now) {
        Definition definition = slot.definition;
        Plugin<VariableSource> plugin = sources.get(definition.type());
        slot.waits = plugin == null;
        if (plugin == null) {
            schedule.never(slot);
            return;
        }
        requests.prepare(slot, Sources.template(plugin));
        Watch watch = slot.watch;
        boolean watches = watch == null || !watch.isOf(slot.request, plugin);
        slot.reading = new Reading(this, slot, slot.request, plugin, watches);
        schedule.started(slot, now);
        batches.computeIfAbsent(definition.type(), t -> new ArrayList<>()).add(slot.reading);
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
            schedule.next(slot);
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
            schedule.soon(slot);
        }
    }

    /** A variable begins, as the engine does; see {@link Schedule#begin(Slot, Kept, boolean)}. */
    void begin(Slot slot, Kept kept, boolean restarted) {
        schedule.begin(slot, kept, restarted);
    }

    /** A variable is new or was edited: it is read at once. */
    void begin(Slot slot) {
        stop(slot);
        schedule.begin(slot);
    }

    void give(Slot slot, String value, boolean template) {
        publish(slot, slot.state.given(new Expander.Value(value, template), clock.millis()));
    }

    /** Nothing of it goes on. */
    void stop(Slot slot) {
        schedule.remove(slot);
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
                boolean watched = slot.watch != null;
                letGo(slot, now == null, ends);
                if (now != null && (slot.waits || watched)) {
                    slot.waits = false;
                    readOn(slot);
                }
            }
        }
        return ends;
    }

    /** @param whole also of a reading that runs */
    private void letGo(Slot slot, boolean whole, List<Runnable> ends) {
        slot.request = null;
        Watch watch = slot.watch;
        slot.watch = null;
        if (watch != null) {
            ends.add(watch::close);
        }
        Reading running = slot.reading;
        if (whole && running != null && running.giveUp()) {
            ends.add(running::abandon);
            slot.reading = null;
            slot.waits = true;
            schedule.remove(slot);
        }
    }

    private void readOn(Slot slot) {
        if (slot.reading == null) {
            schedule.spread(slot);
        } else {
            slot.again = true;
        }
    }
}

package io.sluice.variables.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variable;
import io.sluice.api.variable.VariableSource;
import io.sluice.variables.internal.expand.Expander;
import io.sluice.variables.internal.keep.StateFile;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;

/** All that works while this version is elected. First it only knows the values; then it starts; closed, it answers from what it had. */
final class Work implements AutoCloseable {
    private static final long HAND_OVER_SECONDS = 5;
    /** The deployer waits meanwhile. */
    private static final long FINISH_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    private final Workers workers;
    private final Sources sources = new Sources();
    private final Slots slots;
    private final Expander expander;
    private final Engine engine;
    private final Definitions definitions;
    private final Keeper keeper;
    private final Pulse pulse;
    private final StateFile file;
    private final List<AutoCloseable> links = new ArrayList<>();
    private volatile boolean started;

    Work(Clock clock, Workers workers, Supplier<Settings> settings, StateFile file, Changes changes) {
        this.workers = workers;
        this.file = file;
        slots = new Slots(settings, change -> workers.telling().execute(() -> changes.tell(change)));
        expander = new Expander(slots::value, () -> ZonedDateTime.ofInstant(Instant.ofEpochMilli(clock.millis()), settings.get().zone()));
        engine = new Engine(clock, slots, sources, workers, expander);
        definitions = new Definitions(slots, engine, sources);
        keeper = new Keeper(file, slots, clock, workers.keeping());
        pulse = new Pulse(engine, keeper::tick);
        sources.onChange(this::sourceChanged);
    }

    /** Takes up values and configurations; nothing runs yet. */
    void prepare(Map<String, Attributes> configured) {
        StateFile.Content state = file.read();
        configured.forEach((pid, config) -> definitions.found(pid, config, state));
    }

    /** @param linked opens what is to be closed with it: the watch on configurations */
    void start(Plugins plugins, Function<Work, AutoCloseable> linked) {
        started = true;
        pulse.start();
        links.add(plugins.listen(VariableSource.class, sources));
        links.add(linked.apply(this));
    }

    /** A configuration was made, edited, or (null) deleted. From any thread. */
    void configured(String pid, Attributes config) {
        engine.post(() -> {
            if (config == null) {
                definitions.removed(pid);
            } else {
                definitions.changed(pid, config);
            }
        });
    }

    Workers workers() {
        return workers;
    }

    private void sourceChanged(String type, Plugin<VariableSource> before, Plugin<VariableSource> now) {
        CompletableFuture<List<Runnable>> ends = new CompletableFuture<>();
        engine.post(() -> ends.complete(engine.sourceChanged(type, now)));
        try {
            ends.orTimeout(HAND_OVER_SECONDS, TimeUnit.SECONDS).join().forEach(Runnable::run);
        } catch (CompletionException e) {
            throw new IllegalStateException("the variables did not let go of " + before + " within " + HAND_OVER_SECONDS + " s", e);
        }
    }

    Expansion expand(String template, Map<String, String> context) {
        return expander.expand(template, context);
    }

    List<Variable> list() {
        List<Variable> all = new ArrayList<>(definitions.refused());
        slots.all().forEach(s -> all.add(shown(s)));
        all.sort(Comparator.comparing(Variable::name));
        return all;
    }

    private Variable shown(Slot slot) {
        Variable v = slot.shown();
        return !started || sources.get(v.type()) != null ? v : new Variable(v.name(), v.type(), v.value(), v.known(), v.changedMillis(), v.readMillis(), 0, v.tookMillis(),
            "no installed bundle reads the type '" + v.type() + "'; it waits for one", v.failures());
    }

    Variable get(String name) {
        Slot slot = slots.get(name);
        return slot == null ? null : shown(slot);
    }

    Slot slot(String name) {
        return slots.get(name);
    }

    void refresh(Slot slot) {
        engine.post(() -> engine.readSoon(slot));
    }

    Delays delays() {
        return engine.delays();
    }

    /** Readings that are nearly done are not to be lost: who runs a command or asks an address has an effect there. */
    private void finish() {
        long until = System.nanoTime() + FINISH_NANOS;
        do {
            engine.runPosted();
            LockSupport.parkNanos(this, FINISH_NANOS / 100);
        } while (System.nanoTime() - until < 0 && slots.all().stream().anyMatch(s -> s.reading != null));
        engine.runPosted();
    }

    @Override
    public void close() {
        links.forEach(l -> Watch.quietly(l, "a listener of the variables"));
        pulse.close();
        if (started) {
            finish();
            keeper.write();
        }
        for (Slot slot : slots.all()) {
            Reading reading = slot.reading;
            if (reading != null && reading.giveUp()) {
                reading.abandon();
            }
            Watch.quietly(slot.watch, "the watch of $" + slot.definition.name());
        }
        workers.close();
    }
}

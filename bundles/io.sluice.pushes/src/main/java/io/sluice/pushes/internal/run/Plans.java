package io.sluice.pushes.internal.run;

import io.sluice.api.push.Output;
import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushClock;
import io.sluice.api.push.PushState;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.api.stream.Streams;
import io.sluice.api.variable.Expansion;
import io.sluice.pushes.internal.Entry;
import io.sluice.pushes.internal.Settings;
import io.sluice.pushes.internal.sense.Sensors;
import io.sluice.pushes.internal.time.Ticker;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** All entries at work. On the engine's thread, but for what says otherwise. */
public final class Plans {
    private static final String REMOVED = "its entry was removed";
    private final Means means;
    private final Consumer<Entry> over;
    private final Map<String, Plan> plans = new ConcurrentSkipListMap<>();
    /** Those that run and belong to an entry, by id. */
    private final Map<String, Output> running = new LinkedHashMap<>();
    private final ConcurrentLinkedQueue<Job> dirty = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private volatile Settings settings;

    /**
     * @param expander any text, with built-in values
     * @param over     told of an entry whose time has passed: it is to be deleted
     */
    public Plans(Ticker ticker, PushClock clock, Outputs outputs, Streams streams, Sensors sensors, BiFunction<String, Map<String, String>, Expansion> expander,
        Settings settings, Consumer<Entry> over) {
        this.over = over;
        this.settings = settings;
        means = new Means(ticker, clock, outputs, new Presence(streams), sensors, new StartPace(), new Journal(), () -> this.settings, expander);
        means.pace().limit(settings.maxSpeed());
    }

    /** Takes up what there is. Pushes of entries that are gone end. @param entries null when they cannot be read: then nothing is known of what is gone */
    public void begin(Collection<Entry> entries) {
        means.outputs().list().forEach(this::note);
        if (entries != null) {
            entries.forEach(this::configured);
            List.copyOf(running.values()).stream().filter(o -> !plans.containsKey(o.entry())).forEach(o -> means.outputs().stop(o.id(), REMOVED));
        }
    }

    public void settings(Settings changed) {
        settings = changed;
        means.pace().limit(changed.maxSpeed());
    }

    /** An entry is new or was edited. */
    public void configured(Entry entry) {
        Plan known = plans.get(entry.name());
        if (known != null) {
            known.edit(entry);
            return;
        }
        Plan plan = new Plan(means, entry, this::changed, p -> over.accept(p.entry()));
        plans.put(entry.name(), plan);
        plan.begin(running.values().stream().filter(o -> o.entry().equals(entry.name())).toList());
    }

    public void removed(String name) {
        Plan plan = plans.remove(name);
        if (plan != null) {
            plan.end(REMOVED);
        }
    }

    /** A stream came, went, or changed its state. */
    public void streamIs(String name, State state) {
        if (means.presence().now(name, state)) {
            plans.values().forEach(p -> p.streamIs(name, state));
        }
    }

    /** The core tells of a push. */
    public void told(Output output) {
        note(output);
        Plan plan = plans.get(output.entry());
        if (plan != null) {
            plan.told(output);
        }
        if (output.state() == Output.State.ENDED) {
            // another entry may wait for the end of the same push
            plans.values().stream().filter(p -> p != plan).forEach(p -> p.told(output));
        }
    }

    private void note(Output output) {
        if (output.state() == Output.State.ENDED) {
            running.remove(output.id());
        } else if (!output.entry().isEmpty()) {
            running.put(output.id(), output);
        }
    }

    /** From any thread. */
    private void changed(Job job) {
        dirty.add(job);
        if (woken.compareAndSet(false, true)) {
            means.ticker().execute(this::settle);
        }
    }

    private void settle() {
        woken.set(false);
        for (Job job = dirty.poll(); job != null; job = dirty.poll()) {
            job.look();
        }
    }

    /** @return whether it was a push of an entry's */
    public boolean stopByHand(String id) {
        return List.copyOf(plans.values()).stream().anyMatch(p -> p.stopByHand(id));
    }

    /** @return false when there is none of this name */
    public boolean again(String name) {
        Plan plan = plans.get(name);
        if (plan != null) {
            plan.again();
        }
        return plan != null;
    }

    /** Pushes go on; nobody decides any more. */
    public void end() {
        plans.values().forEach(p -> p.end(""));
        plans.clear();
    }

    /** From any thread. */
    public List<Entry> entries() {
        return plans.values().stream().map(Plan::entry).toList();
    }

    /** From any thread. */
    public boolean has(String name) {
        return plans.containsKey(name);
    }

    /** From any thread. @return empty for none of this name */
    public List<PushState> report(String name) {
        Plan plan = plans.get(name);
        return plan == null ? List.of() : plan.report();
    }

    /** From any thread: names of the streams that an entry or a request for a pattern is for now. */
    public List<String> covered(String pattern) {
        return means.presence().names().stream().filter(n -> n.length() > pattern.length() && n.startsWith(pattern)).toList();
    }
}

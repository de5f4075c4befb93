package io.sluice.variables.internal;

import io.sluice.api.variable.Variable;
import io.sluice.variables.internal.expand.Expander;
import io.sluice.variables.internal.keep.History;
import io.sluice.variables.internal.keep.Kept;
import io.sluice.variables.internal.keep.StateFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns configurations into variables. On the engine's thread, but for {@link #refused}. */
final class Definitions {
    private static final Logger LOG = LoggerFactory.getLogger(Definitions.class);
    /** What was kept was within its limits when it was written. */
    private static final History.Limits KEPT_LIMITS = new History.Limits(Integer.MAX_VALUE, Long.MAX_VALUE / 2, Long.MAX_VALUE);
    private final Slots slots;
    private final Engine engine;
    private final Sources sources;
    private final Map<String, Definition> byPid = new HashMap<>();
    private final Map<String, Refused> refused = new ConcurrentHashMap<>();

    private record Refused(Attributes config, Variable shown) {
    }

    Definitions(Slots slots, Engine engine, Sources sources) {
        this.slots = slots;
        this.engine = engine;
        this.sources = sources;
    }

    /** Configurations that make no variable, each with its error. From any thread. */
    Collection<Variable> refused() {
        return refused.values().stream().map(Refused::shown).toList();
    }

    /** A configuration as the engine finds it when it begins. */
    void found(String pid, Attributes config, StateFile.Content state) {
        Definition definition = accept(pid, config);
        if (definition == null) {
            return;
        }
        Slot slot = new Slot(definition);
        slots.add(slot);
        Kept kept = state.byName().get(definition.name());
        if (kept != null) {
            restore(slot, kept);
        }
        if (!definition.value().isEmpty() && (kept == null || !kept.given().equals(definition.value()))) {
            engine.give(slot, definition.value(), sources.template(definition.type()));
        }
        engine.begin(slot, kept, !state.sameProcess());
    }

    private static void restore(Slot slot, Kept kept) {
        kept.changes().forEach(c -> slot.history.add(c, KEPT_LIMITS));
        if (kept.changedMillis() > 0) {
            slot.state = new Slot.State(new Expander.Value(kept.value(), kept.template()), true, kept.changedMillis(), kept.readMillis(),
                kept.nextMillis(), -1, "", 0);
        }
    }

    /** A configuration is new, or was edited. */
    void changed(String pid, Attributes config) {
        Definition before = byPid.get(pid);
        Definition now = accept(pid, config);
        if (now == null || before != null && !before.name().equals(now.name())) {
            forget(before);
        }
        if (now == null || now.equals(before)) {
            return;
        }
        Slot slot = slots.get(now.name());
        boolean given = slot == null || before == null || !before.value().equals(now.value());
        if (slot == null) {
            slot = new Slot(now);
            slots.add(slot);
        } else {
            engine.stop(slot);
            slot.definition = now;
            slots.dirty();
        }
        if (given && !now.value().isEmpty()) {
            engine.give(slot, now.value(), sources.template(now.type()));
        }
        engine.begin(slot);
    }

    void removed(String pid) {
        refused.remove(pid);
        forget(byPid.remove(pid));
    }

    /** Null for one that makes no variable. */
    private Definition accept(String pid, Attributes config) {
        try {
            Definition definition = Definition.of(pid, config);
            Slot holder = slots.get(definition.name());
            if (holder != null && !holder.definition.pid().equals(pid)) {
                throw new IllegalArgumentException("$" + definition.name() + " is configured twice; " + holder.definition.pid() + " counts");
            }
            refused.remove(pid);
            byPid.put(pid, definition);
            return definition;
        } catch (IllegalArgumentException e) {
            byPid.remove(pid);
            Variable shown = new Variable(shownName(config, pid), "", "", false, 0, 0, 0, -1, e.getMessage(), 1);
            Refused before = refused.put(pid, new Refused(config, shown));
            if (before == null || !before.shown().equals(shown)) {
                LOG.warn("{} makes no variable: {}", pid, e.getMessage());
            }
            return null;
        }
    }

    private static String shownName(Attributes config, String pid) {
        String name = config.text("name", "");
        return name.isBlank() ? pid : Names.shown(name.strip());
    }

    private void forget(Definition gone) {
        Slot slot = gone == null ? null : slots.get(gone.name());
        if (slot != null && slot.definition.pid().equals(gone.pid())) {
            engine.stop(slot);
            slots.remove(slot, engine.clock().millis());
            // another configuration of this name may have waited for it
            List.copyOf(refused.entrySet()).stream().filter(r -> r.getValue().shown().name().equals(gone.name())).forEach(r -> changed(r.getKey(), r.getValue().config()));
        }
    }
}

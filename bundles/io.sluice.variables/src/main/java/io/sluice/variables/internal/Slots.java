package io.sluice.variables.internal;

import io.sluice.api.variable.VariableChange;
import io.sluice.variables.internal.expand.Expander;
import io.sluice.variables.internal.keep.History;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All variables by name, and what they have changed. Read from any thread, changed on the engine's. */
final class Slots {
    /** Of all histories together: as many as there are variables share it. */
    private static final long HISTORY_BYTES = 64L << 20;
    private final Map<String, Slot> byName = new ConcurrentHashMap<>();
    private final Supplier<Settings> settings;
    private final Consumer<VariableChange> told;
    private volatile boolean dirty;

    /** @param told of each change; must return at once */
    Slots(Supplier<Settings> settings, Consumer<VariableChange> told) {
        this.settings = settings;
        this.told = told;
    }

    Collection<Slot> all() {
        return byName.values();
    }

    Slot get(String name) {
        return byName.get(name);
    }

    boolean has(Slot slot) {
        return byName.get(slot.definition.name()) == slot;
    }

    /** For the expander: null where there is no value. */
    Expander.Value value(String name) {
        Slot slot = byName.get(name);
        return slot == null ? null : slot.value();
    }

    void add(Slot slot) {
        byName.put(slot.definition.name(), slot);
        dirty = true;
    }

    /** Who listens is told, as what stood on its value is to be thought over. */
    void remove(Slot slot, long nowMillis) {
        if (byName.remove(slot.definition.name(), slot) && slot.state.known()) {
            told.accept(new VariableChange(slot.definition.name(), slot.state.text().text(), "", nowMillis));
        }
        dirty = true;
    }

    void changed(Slot slot, VariableChange change) {
        Settings now = settings.get();
        slot.history.add(change, new History.Limits(now.historyEntries(), now.historyMillis(), HISTORY_BYTES / Math.max(1, byName.size())));
        dirty = true;
        told.accept(change);
    }

    /** Whether anything was worth writing down since the last call. */
    boolean takeDirty() {
        boolean was = dirty;
        dirty = false;
        return was;
    }

    void dirty() {
        dirty = true;
    }
}

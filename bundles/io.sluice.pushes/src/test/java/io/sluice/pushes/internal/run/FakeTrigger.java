package io.sluice.pushes.internal.run;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import java.util.LinkedHashMap;
import java.util.Map;

/** The condition lamp(name=x): on while the test says so. */
final class FakeTrigger implements PushTrigger, Plugin<PushTrigger> {
    final Map<PushSwitch, String> watched = new LinkedHashMap<>();
    final Map<String, Boolean> lamps;
    private final String version;
    boolean silent;
    int uses;

    FakeTrigger(String version, Map<String, Boolean> lamps) {
        this.version = version;
        this.lamps = lamps;
    }

    @Override
    public AutoCloseable watch(PushCondition condition, PushSwitch state) {
        String name = condition.parameters().get("name");
        if (name == null) {
            throw new IllegalArgumentException("name is missing");
        }
        watched.put(state, name);
        if (!silent) {
            tell(state, name);
        }
        return () -> watched.remove(state);
    }

    private void tell(PushSwitch state, String name) {
        if (lamps.containsKey(name)) {
            state.set(lamps.get(name), name + " is " + (lamps.get(name) ? "lit" : "dark"));
        } else {
            state.unknown("there is no lamp " + name);
        }
    }

    void turn(String name, boolean on) {
        lamps.put(name, on);
        Map.copyOf(watched).forEach((state, lamp) -> {
            if (lamp.equals(name)) {
                tell(state, name);
            }
        });
    }

    @Override
    public PushTrigger service() {
        return this;
    }

    @Override
    public String name() {
        return "lamp";
    }

    @Override
    public Map<String, Object> properties() {
        return Map.of();
    }

    @Override
    public String bundle() {
        return "lamps " + version;
    }

    @Override
    public AutoCloseable use() {
        uses++;
        return () -> uses--;
    }
}

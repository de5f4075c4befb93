package io.sluice.pushes.internal.sense;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushTrigger;
import io.sluice.pushes.internal.rule.Tree;
import io.sluice.pushes.internal.time.Ticker;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The conditions that are watched, and the elected triggers that watch them. On the engine's thread. */
public final class Sensors {
    /** Time for a bundle to be replaced, and for the others to come when the server starts. */
    private static final long HOLD_NANOS = TimeUnit.SECONDS.toNanos(10);
    private final Ticker ticker;
    private final Map<String, Plugin<PushTrigger>> triggers = new HashMap<>();
    private final Map<String, Set<Sensor>> sensors = new HashMap<>();

    public Sensors(Ticker ticker) {
        this.ticker = ticker;
    }

    /** @param changed told of each change, from any thread */
    public Tree.Sensing open(PushCondition condition, Runnable changed) {
        Sensor sensor = new Sensor(this, condition, changed);
        sensors.computeIfAbsent(condition.type(), t -> new LinkedHashSet<>()).add(sensor);
        Plugin<PushTrigger> trigger = triggers.get(condition.type());
        if (trigger == null) {
            sensor.unwatch();
        } else {
            sensor.watch(trigger);
        }
        return sensor;
    }

    void closed(Sensor sensor) {
        sensors.getOrDefault(sensor.type(), Set.of()).remove(sensor);
    }

    void later(Runnable task) {
        ticker.schedule(task, HOLD_NANOS);
    }

    /** Another version is elected, the first one, or (null) none. When this returns nothing runs on the one before. */
    public void elected(String type, Plugin<PushTrigger> now) {
        if (now == null) {
            triggers.remove(type);
        } else {
            triggers.put(type, now);
        }
        for (Sensor sensor : List.copyOf(sensors.getOrDefault(type, Set.of()))) {
            if (now == null) {
                sensor.unwatch();
            } else {
                sensor.watch(now);
            }
        }
    }

    /** Nothing is watched any more. */
    public void close() {
        List.copyOf(sensors.values()).forEach(all -> List.copyOf(all).forEach(Sensor::close));
    }
}

package io.sluice.pushes.internal.sense;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import io.sluice.pushes.internal.rule.Seen;
import io.sluice.pushes.internal.rule.Tree;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One condition that is watched. What it was holds until another version of its trigger has spoken. On the engine's thread, but for {@link #seen} and the switch. */
final class Sensor implements Tree.Sensing {
    private static final Logger LOG = LoggerFactory.getLogger(Sensor.class);
    private final Sensors sensors;
    private final PushCondition condition;
    private final Runnable changed;
    private volatile Seen seen;
    private Watch watch;

    Sensor(Sensors sensors, PushCondition condition, Runnable changed) {
        this.sensors = sensors;
        this.condition = condition;
        this.changed = changed;
        seen = Seen.pending("the condition '" + condition.type() + "' waits for a bundle that offers it");
    }

    String type() {
        return condition.type();
    }

    @Override
    public Seen seen() {
        return seen;
    }

    /** Watches by this version, and no more by the one before. */
    void watch(Plugin<PushTrigger> plugin) {
        Watch before = swap(new Watch(plugin));
        watch.begin();
        before(before);
        awaitWord(watch, "the bundle " + plugin.bundle() + " does not say how the condition '" + condition.type() + "' stands");
    }

    /** There is no trigger any more, or none yet: what was holds for a while. */
    void unwatch() {
        before(swap(null));
        awaitWord(null, "no installed bundle offers the condition '" + condition.type() + "'");
    }

    private synchronized Watch swap(Watch next) {
        Watch before = watch;
        watch = next;
        return before;
    }

    private static void before(Watch before) {
        if (before != null) {
            before.close();
        }
    }

    private void awaitWord(Watch whose, String otherwise) {
        if (whose == null || !whose.spoke) {
            sensors.later(() -> {
                if (watch == whose && (whose == null || !whose.spoke)) {
                    now(whose, Seen.unknown(otherwise));
                }
            });
        }
    }

    private void now(Watch whose, Seen next) {
        synchronized (this) {
            if (watch != whose || seen.equals(next)) {
                return;
            }
            seen = next;
        }
        changed.run();
    }

    @Override
    public void close() {
        sensors.closed(this);
        before(swap(null));
    }

    /** The switch that one version of a trigger turns. */
    private final class Watch implements PushSwitch {
        private final Plugin<PushTrigger> plugin;
        private final AutoCloseable use;
        private volatile boolean spoke;
        private AutoCloseable handle;

        Watch(Plugin<PushTrigger> plugin) {
            this.plugin = plugin;
            this.use = plugin.use();
        }

        void begin() {
            try {
                handle = plugin.service().watch(condition, this);
            } catch (IllegalArgumentException e) {
                unknown(e.getMessage());
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{} failed to watch a condition of {}", plugin.bundle(), condition.stream(), e);
                unknown("the bundle " + plugin.bundle() + " failed: " + e);
            }
        }

        @Override
        public void set(boolean on, String why) {
            spoke = true;
            now(this, Seen.of(on, why));
        }

        @Override
        public void unknown(String why) {
            spoke = true;
            now(this, Seen.unknown(why));
        }

        void close() {
            quietly(handle);
            quietly(use);
        }

        private void quietly(AutoCloseable closed) {
            try {
                if (closed != null) {
                    closed.close();
                }
            } catch (Exception | LinkageError e) {
                LOG.warn("{} failed to let go of a condition: {}", plugin.bundle(), e.toString());
            }
        }
    }
}

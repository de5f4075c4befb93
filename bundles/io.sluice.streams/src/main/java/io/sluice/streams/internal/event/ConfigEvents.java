package io.sluice.streams.internal.event;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether a configured stream may be added, changed or removed before it counts; what is refused stays as it was until it is changed again. From any thread.
 *
 * @param <C> a stream's configuration, with a sensible equals
 */
public final class ConfigEvents<C> {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigEvents.class);

    private final Events events;
    private final Function<C, String> json;
    private final Consumer<Map<String, C>> apply;
    private final Map<String, C> effective = new HashMap<>();
    private final Map<String, C> refused = new HashMap<>();
    private final Map<String, C> asking = new HashMap<>();
    private Map<String, C> wanted = Map.of();

    /**
     * @param json  of a configuration, without secrets
     * @param apply told all that count, after each change
     */
    public ConfigEvents(Events events, Function<C, String> json, Consumer<Map<String, C>> apply) {
        this.events = events;
        this.json = json;
        this.apply = apply;
    }

    /** All that are configured now, by name. */
    public synchronized void configured(Map<String, C> all) {
        Set<String> names = new HashSet<>(wanted.keySet());
        names.addAll(all.keySet());
        wanted = Map.copyOf(all);
        boolean changed = false;
        for (String name : names) {
            C now = all.get(name);
            if (equal(now, effective.get(name)) || is(refused, name, now) || is(asking, name, now)) {
                continue;
            }
            asking.put(name, now);
            CompletableFuture<Boolean> answer = ask(name, effective.get(name), now);
            if (answer.isDone()) {
                changed |= decided(name, now, answer.join());
            } else {
                answer.thenAccept(yes -> late(name, now, yes));
            }
        }
        if (changed || names.isEmpty()) {
            apply.accept(Map.copyOf(effective));
        }
    }

    private boolean is(Map<String, C> map, String name, C now) {
        return map.containsKey(name) && equal(now, map.get(name));
    }

    private static boolean equal(Object a, Object b) {
        return a == null ? b == null : a.equals(b);
    }

    private CompletableFuture<Boolean> ask(String name, C before, C now) {
        CompletableFuture<Boolean> answer = now == null ? events.ask("STREAM_REMOVE", name, "stream", name).thenApply(a -> a.yes())
            : events.ask(before == null ? "STREAM_ADD" : "STREAM_CONFIG", name, "stream", name, "config", json.apply(now)).thenApply(a -> a.yes());
        return answer;
    }

    private synchronized void late(String name, C now, boolean yes) {
        if (equal(wanted.get(name), now) && decided(name, now, yes)) {
            apply.accept(Map.copyOf(effective));
        }
    }

    /** @return something has changed */
    private boolean decided(String name, C now, boolean yes) {
        asking.remove(name);
        if (!yes) {
            LOG.warn("{}: a trigger does not allow that it is {}; it stays as it was", name, now == null ? "removed" : effective.containsKey(name) ? "changed" : "added");
            refused.put(name, now);
            return false;
        }
        refused.remove(name);
        if (now == null) {
            effective.remove(name);
        } else {
            effective.put(name, now);
        }
        return true;
    }
}

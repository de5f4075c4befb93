package io.sluice.sessions.internal.live;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Seconds with activity for each name. Most sessions have one stream, one protocol and one address, so the first needs no map. One thread, or the session's lock. */
final class Tally {
    /** A session that many share is not listed name by name. */
    private static final int MOST = 1000;
    private Object name;
    private int seconds;
    private int stamp;
    private Map<Object, Tally> others;

    /** Counts a name once for each stamp. */
    void count(Object active, int step, int now) {
        Tally of = of(active);
        if (of != null && of.stamp != now) {
            of.stamp = now;
            of.seconds += step;
        }
    }

    /** At least so many. */
    void raise(Object of, int atLeast) {
        Tally tally = of(of);
        if (tally != null) {
            tally.seconds = Math.max(tally.seconds, atLeast);
        }
    }

    int seconds(Object of) {
        if (of.equals(name)) {
            return seconds;
        }
        Tally tally = others == null ? null : others.get(of);
        return tally == null ? 0 : tally.seconds;
    }

    private Tally of(Object wanted) {
        if (name == null) {
            name = wanted;
        }
        if (name.equals(wanted)) {
            return this;
        }
        if (others == null) {
            others = new HashMap<>(4);
        }
        Tally other = others.get(wanted);
        if (other == null && others.size() < MOST) {
            other = new Tally();
            other.name = wanted;
            others.put(wanted, other);
        }
        return other;
    }

    void each(BiConsumer<Object, Integer> consumer) {
        if (name != null) {
            consumer.accept(name, seconds);
        }
        if (others != null) {
            others.values().forEach(t -> consumer.accept(t.name, t.seconds));
        }
    }

    /** In the order of the names. */
    Map<String, Long> shown(Function<Object, String> text) {
        if (others == null) {
            return name == null ? Map.of() : Map.of(text.apply(name), (long) seconds);
        }
        Map<String, Long> sorted = new TreeMap<>();
        each((n, s) -> sorted.put(text.apply(n), (long) s));
        return sorted;
    }
}

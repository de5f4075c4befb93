package io.sluice.streams.internal.visit;

import java.util.Set;
import java.util.TreeSet;

/** The bounds of what may be put on a visit. */
final class Tags {
    private static final int MOST = 32;
    private static final int CHARACTERS = 64;

    private Tags() {
    }

    /** The set with the tag, or null where it is refused. */
    static Set<String> with(Set<String> tags, String tag) {
        if (tag.isBlank() || tag.length() > CHARACTERS || tag.chars().anyMatch(Character::isISOControl)) {
            return null;
        }
        Set<String> now = new TreeSet<>(tags);
        return now.add(tag) && now.size() > MOST ? null : Set.copyOf(now);
    }

    static Set<String> without(Set<String> tags, String tag) {
        Set<String> now = new TreeSet<>(tags);
        now.remove(tag);
        return Set.copyOf(now);
    }

    static Set<String> union(Set<String> a, Set<String> b) {
        if (b.isEmpty() || a.equals(b)) {
            return a;
        }
        Set<String> both = new TreeSet<>(a);
        b.stream().sorted().filter(t -> both.size() < MOST).forEach(both::add);
        return Set.copyOf(both);
    }
}

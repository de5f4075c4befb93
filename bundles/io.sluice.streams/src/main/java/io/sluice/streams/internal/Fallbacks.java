package io.sluice.streams.internal;

import java.util.HashSet;
import java.util.Set;

/** Follows fallback streams, each at most once: stream's own first, then the default stream. */
final class Fallbacks {
    /** Longer chains are a mistake, and each step may wait for a source. */
    private static final int MOST = 8;

    private final Set<String> tried = new HashSet<>();

    /** The stream's own fallback, or "" where there is none or it was tried. @param fallback its name, or "" */
    String own(String name, String fallback) {
        tried.add(name);
        return fresh(fallback);
    }

    /** The same name, or "" where it was tried or the chain is too long. */
    String fresh(String next) {
        return tried.size() > MOST || tried.contains(next) ? "" : next;
    }
}

package io.sluice.streams.internal;

import java.util.HashSet;
import java.util.Set;

/** Follows fallback streams, each at most once: stream's own first, then the default stream. */
final class Fallbacks {
    /** Longer chains are a mistake, and each step may wait for a source. */
    private static final int MOST = 8;

    private final Set<String> tried = new HashSet<>();

    /** What to try after this one, or "". */
    String next(String name, StreamConfig config, String defaultStream) {
        tried.add(name);
        String own = config == null ? "" : config.fallback();
        String next = own.isEmpty() || tried.contains(own) ? defaultStream : own;
        return tried.size() > MOST || tried.contains(next) ? "" : next;
    }
}

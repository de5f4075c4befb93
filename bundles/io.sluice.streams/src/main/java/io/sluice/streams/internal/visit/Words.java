package io.sluice.streams.internal.visit;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One object for equal texts of many visits: a hundred thousand viewers have a hundred user agents. From any thread. */
final class Words {
    /** Some megabytes at most: user agents are at most 512 characters long. */
    private static final int MOST = 4096;

    private final Map<String, String> known = new ConcurrentHashMap<>();

    String same(String text) {
        if (text.isEmpty()) {
            return "";
        }
        String there = known.get(text);
        if (there != null) {
            return there;
        }
        if (known.size() >= MOST) {
            known.clear();
        }
        known.put(text, text);
        return text;
    }
}

package io.sluice.variables.internal;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One configured variable.
 *
 * @param pid            of its configuration
 * @param parameters     of its source as they are written, target and value among them
 * @param intervalMillis between readings; 0 to read once
 * @param waitMillis     after which a reading is given up
 * @param value          until the first reading, or ""
 * @param maxBytes       of a value in UTF-8
 */
record Definition(String pid, String name, String type, Map<String, String> parameters, long intervalMillis, long waitMillis, String value, int maxBytes) {
    static final int MOST_BYTES = 64 * 1024;
    private static final long SHORTEST_INTERVAL = 100;
    private static final long LONGEST_INTERVAL = 366L * 86_400_000;
    private static final long SHORTEST_WAIT = 100;
    private static final long LONGEST_WAIT = 3_600_000;
    private static final long DEFAULT_WAIT = 10_000;
    private static final int DEFAULT_BYTES = 4096;
    private static final int MOST_CHARACTERS = 64 * 1024;

    /** @throws IllegalArgumentException that says which attribute is wrong and what it may be */
    static Definition of(String pid, Attributes c) {
        String name = Names.check(c.text("name", "").strip());
        String type = c.text("type", "static").strip();
        long interval = c.number("intervalMillis", 0);
        long wait = c.number("waitMillis", 0);
        long maxBytes = c.number("maxBytes", DEFAULT_BYTES);
        require(!type.isEmpty(), "the variable has no type");
        require(interval == 0 || within(interval, SHORTEST_INTERVAL, LONGEST_INTERVAL),
            "intervalMillis is " + interval + "; it is 0 (once), or from " + SHORTEST_INTERVAL + " to a year");
        require(wait == 0 || within(wait, SHORTEST_WAIT, LONGEST_WAIT),
            "waitMillis is " + wait + "; it is 0 (as long as the interval), or from " + SHORTEST_WAIT + " to " + LONGEST_WAIT);
        require(within(maxBytes, 1, MOST_BYTES), "maxBytes is " + maxBytes + "; it is from 1 to " + MOST_BYTES);
        Map<String, String> parameters = parameters(c);
        require(parameters.values().stream().mapToLong(String::length).sum() <= MOST_CHARACTERS, "the parameters have more than " + MOST_CHARACTERS + " characters");
        return new Definition(pid, name, type, parameters, interval, wait > 0 ? wait : waitFor(interval), Text.clean(c.text("value", ""), (int) maxBytes), (int) maxBytes);
    }

    private static long waitFor(long interval) {
        return interval == 0 ? DEFAULT_WAIT : Math.min(LONGEST_WAIT, Math.max(1000, interval));
    }

    /** Whether parameters may name variables. */
    boolean names() {
        return parameters.values().stream().anyMatch(p -> p.indexOf('$') >= 0);
    }

    private static Map<String, String> parameters(Attributes c) {
        Map<String, String> result = new LinkedHashMap<>();
        for (String line : c.texts("parameters")) {
            if (!line.isBlank()) {
                int equals = line.indexOf('=');
                require(equals > 0, "the parameter '" + Names.shown(line) + "' is not of the form key=value");
                result.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            }
        }
        for (String key : new String[] {"target", "value"}) {
            String text = c.text(key, "").strip();
            if (!text.isEmpty()) {
                result.put(key, text);
            }
        }
        return Map.copyOf(result);
    }

    private static boolean within(long value, long least, long most) {
        return value >= least && value <= most;
    }

    private static void require(boolean fine, String problem) {
        if (!fine) {
            throw new IllegalArgumentException(problem);
        }
    }
}

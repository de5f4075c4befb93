package io.sluice.triggers.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One trigger as configured; see {@link TriggerConfiguration.Config} for each value.
 *
 * @param parameters for the handler, {@code target} and {@code secret} among them
 * @param threshold  that the event's figure must exceed, or -1
 * @param problem    what is wrong with it, or ""
 */
record TriggerConfig(String id, String type, String handler, Map<String, String> parameters, boolean blocking, StreamFilter streams, long threshold, String defaultAnswer,
    long timeoutMillis, boolean json, String problem) {
    /** Nobody watches a blank picture for longer; a questioner of ours has given up by then. */
    static final long MAX_TIMEOUT_MILLIS = 60_000;

    static TriggerConfig of(String id, TriggerConfiguration.Config c) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("target", c.target().strip());
        if (!c.secret().isEmpty()) {
            parameters.put("secret", c.secret());
        }
        String problem = "";
        for (String line : c.parameters()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                parameters.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
            } else if (!line.isBlank()) {
                problem = "a parameter is not of the form key=value";
            }
        }
        String format = c.format().strip().toLowerCase(Locale.ROOT);
        problem = !List.of("plain", "json", "").contains(format) ? "format is neither plain nor json" : problem;
        problem = c.type().isBlank() ? "type is empty" : problem;
        long threshold = threshold(c.params());
        problem = threshold < -1 ? "params is not a number" : problem;
        return new TriggerConfig(id, c.type().strip().toUpperCase(Locale.ROOT), c.handler().strip(), Map.copyOf(parameters), c.blocking(), new StreamFilter(List.of(c.streams())),
            threshold, c.defaultAnswer(), Math.max(1, Math.min(MAX_TIMEOUT_MILLIS, c.timeoutMillis())), format.equals("json"), problem);
    }

    /** -1 where none is written, -2 where it is no number. */
    private static long threshold(String params) {
        if (params.isBlank()) {
            return -1;
        }
        return Stream.of(params.strip()).filter(t -> t.matches("\\d{1,18}")).map(Long::parseLong).findFirst().orElse(-2L);
    }

    String target() {
        return parameters.get("target");
    }

    /** Without what may be secret in it: user information and query. */
    String targetShown() {
        return target().replaceFirst("\\?.*", "?…").replaceFirst("//[^/@]*@", "//…@");
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return type + " to " + handler + " " + targetShown();
    }
}

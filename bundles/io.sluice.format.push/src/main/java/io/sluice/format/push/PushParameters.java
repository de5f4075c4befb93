package io.sluice.format.push;

import io.sluice.api.push.PushCondition;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Map;

/** A condition's parameters. What is wrong is thrown as an IllegalArgumentException whose message names the parameter. */
public final class PushParameters {
    private static final int MAX_SHOWN = 60;

    private final Map<String, String> parameters;

    private PushParameters(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** @param known names; any other that is there is refused */
    public static PushParameters of(PushCondition condition, String... known) {
        condition.parameters().keySet().stream().filter(name -> !Arrays.asList(known).contains(name)).sorted().findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("'" + shown(name) + "' is no parameter of " + condition.type() + "; it has: " + String.join(", ", known));
        });
        return new PushParameters(condition.parameters());
    }

    public boolean has(String name) {
        return !text(name).isEmpty();
    }

    /** Without space around it; "" where it is not there. */
    public String text(String name) {
        return parameters.getOrDefault(name, "").strip();
    }

    /** As it was written, or the other. */
    public String text(String name, String otherwise) {
        return parameters.getOrDefault(name, otherwise);
    }

    /** @param wanted what is to be there, for the message */
    public String required(String name, String wanted) {
        if (!has(name)) {
            throw wrong(name, wanted);
        }
        return text(name);
    }

    public boolean flag(String name) {
        String text = text(name);
        if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
            throw wrong(name, "true or false");
        }
        return text.equals("true");
    }

    /** A number from 0 up. */
    public int number(String name, int otherwise) {
        if (!has(name)) {
            return otherwise;
        }
        if (!text(name).matches("\\d{1,9}")) {
            throw wrong(name, "a whole number from 0 to 999999999");
        }
        return Integer.parseInt(text(name));
    }

    /** A length of time above zero; seconds where no unit is written. @return null where it is not there */
    public Duration length(String name) {
        if (!has(name)) {
            return null;
        }
        Duration length = Lengths.parse(text(name));
        if (length == null || length.isZero()) {
            throw wrong(name, "a time such as 90, 500ms, 90s, 15m, 2h or 1h30m");
        }
        return length;
    }

    /** The zone of "zone", or the server's. */
    public ZoneId zone() {
        try {
            return has("zone") ? ZoneId.of(text("zone")) : ZoneId.systemDefault();
        } catch (DateTimeException e) {
            throw wrong("zone", "a time zone such as Europe/Amsterdam");
        }
    }

    /** For what a parameter's value is wrong. */
    public IllegalArgumentException wrong(String name, String wanted) {
        return new IllegalArgumentException("'" + name + "': " + wanted + " was wanted, '" + shown(text(name)) + "' was found");
    }

    /** At most 60 characters of what somebody wrote, on one line. */
    public static String shown(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= MAX_SHOWN ? line : line.substring(0, MAX_SHOWN) + "…";
    }
}

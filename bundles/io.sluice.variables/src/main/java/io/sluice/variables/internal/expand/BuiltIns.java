package io.sluice.variables.internal.expand;

import java.time.ZonedDateTime;
import java.time.temporal.ChronoField;
import java.time.temporal.IsoFields;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Values that are there without a configuration: those of the place where a template stands, and local time. For one expansion, on one thread; all times of an expansion are of
 * one moment.
 */
public final class BuiltIns {
    private static final Set<String> TIMES = Set.of("datetime", "year", "month", "day", "hour", "minute", "second", "wday", "yday", "week");
    private static final Set<String> PLACE = Set.of("stream", "basename", "wildcard", "pluswildcard", "source", "target", "currentMediaTime", "segmentCounter");
    private final Map<String, String> context;
    private final Supplier<ZonedDateTime> clock;
    private ZonedDateTime now;

    /** @param clock asked at most once */
    public BuiltIns(Map<String, String> context, Supplier<ZonedDateTime> clock) {
        this.context = context;
        this.clock = clock;
    }

    /** Whether the name is taken, here or in some other place. */
    public static boolean known(String name) {
        return TIMES.contains(name) || PLACE.contains(name);
    }

    public static boolean nameCharacter(char c) {
        return firstCharacter(c) || c >= '0' && c <= '9' || c == '.' || c == '-';
    }

    /** Of a name without braces, so that {@code $1} in a command line stays what it is. */
    static boolean firstCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
    }

    /** Null where there is no such value here. */
    String find(String name) {
        String given = context.get(name);
        if (given != null) {
            return given;
        }
        return switch (name) {
            case "basename", "wildcard", "pluswildcard" -> ofStream(name, context.get("stream"));
            default -> TIMES.contains(name) ? time(name) : null;
        };
    }

    private static String ofStream(String name, String stream) {
        if (stream == null) {
            return null;
        }
        int plus = stream.indexOf('+');
        return switch (name) {
            case "basename" -> plus < 0 ? stream : stream.substring(0, plus);
            case "wildcard" -> plus < 0 ? "" : stream.substring(plus + 1);
            default -> plus < 0 ? "" : stream.substring(plus);
        };
    }

    private String time(String name) {
        if (now == null) {
            now = clock.get();
        }
        return switch (name) {
            case "year" -> digits(now.getYear(), 4);
            case "month" -> digits(now.getMonthValue(), 2);
            case "day" -> digits(now.getDayOfMonth(), 2);
            case "hour" -> digits(now.getHour(), 2);
            case "minute" -> digits(now.getMinute(), 2);
            case "second" -> digits(now.getSecond(), 2);
            // Monday is 1, as in ISO 8601
            case "wday" -> digits(now.get(ChronoField.DAY_OF_WEEK), 1);
            case "yday" -> digits(now.getDayOfYear(), 3);
            case "week" -> digits(now.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
            default -> String.join(".", time("year"), time("month"), time("day"), time("hour"), time("minute"), time("second"));
        };
    }

    private static String digits(int number, int atLeast) {
        String text = Integer.toString(number);
        return "0".repeat(Math.max(0, atLeast - text.length())) + text;
    }
}

package io.sluice.push.time.internal;

import java.time.DayOfWeek;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/** Days of the week as people write them. */
final class Weekdays {
    private static final List<String> NAMES = Arrays.stream(DayOfWeek.values()).map(d -> d.name().toLowerCase(Locale.ROOT)).toList();

    private Weekdays() {
    }

    /** Days and ranges with commas or spaces between them: "mon-fri", "sat,sun", "fri-mon". @return null when it is none */
    static Set<DayOfWeek> parse(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String part : text.toLowerCase(Locale.ROOT).strip().split("[\\s,]+")) {
            String[] ends = part.split("-", 2);
            int first = day(ends[0]);
            int last = day(ends[ends.length - 1]);
            if (first < 0 || last < 0) {
                return null;
            }
            IntStream.rangeClosed(0, Math.floorMod(last - first, 7)).forEach(i -> days.add(DayOfWeek.of(first + 1).plus(i)));
        }
        return days;
    }

    private static int day(String name) {
        return name.length() < 2 ? -1 : IntStream.range(0, 7).filter(i -> NAMES.get(i).equals(name) || NAMES.get(i).substring(0, Math.min(3, name.length())).equals(name)).findFirst().orElse(-1);
    }
}

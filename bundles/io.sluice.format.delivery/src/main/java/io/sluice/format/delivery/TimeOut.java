package io.sluice.format.delivery;

import java.util.Locale;

/** The parameter "timeout" of a push: seconds, or milliseconds with their unit. */
public final class TimeOut {
    public static final long DEFAULT_MILLIS = 10_000;
    private static final long LONGEST_MILLIS = 3_600_000;

    private TimeOut() {
    }

    /** @throws IllegalArgumentException that names the parameter */
    public static long millis(String text) {
        String value = text.trim().toLowerCase(Locale.ROOT);
        boolean small = value.endsWith("ms");
        String number = small ? value.substring(0, value.length() - 2) : value.endsWith("s") ? value.substring(0, value.length() - 1) : value;
        try {
            double millis = Double.parseDouble(number.trim()) * (small ? 1 : 1000);
            if (millis >= 1 && millis <= LONGEST_MILLIS) {
                return (long) millis;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("timeout: wanted seconds, such as 10, or milliseconds, such as 1500ms, up to an hour");
    }

    /** For sentences: "10 s", "1500 ms". */
    public static String words(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}

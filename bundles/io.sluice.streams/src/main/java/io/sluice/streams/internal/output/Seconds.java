package io.sluice.streams.internal.output;

import java.math.BigDecimal;
import java.util.Locale;

/** Times in parameters: seconds, as the documentation of MistServer says, and milliseconds where "ms" stands behind them. */
final class Seconds {
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final BigDecimal BILLION = BigDecimal.valueOf(1_000_000_000);
    /** In nanoseconds, half of what a long holds: sums stay in it. A hundred years and more. */
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE / 2);

    private Seconds() {
    }

    /** @throws IllegalArgumentException that names the parameter */
    static long nanos(String parameter, String value) {
        String text = value.trim().toLowerCase(Locale.ROOT);
        BigDecimal unit = text.endsWith("ms") ? MILLION : BILLION;
        String number = text.endsWith("ms") ? text.substring(0, text.length() - 2) : text.endsWith("s") ? text.substring(0, text.length() - 1) : text;
        try {
            BigDecimal nanos = number.length() > 40 ? null : new BigDecimal(number.trim()).multiply(unit);
            if (nanos != null && nanos.abs().compareTo(MOST) <= 0) {
                return nanos.longValue();
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(parameter + " is no time: give seconds, such as 90 or 1.5, or milliseconds, such as 1500ms");
    }

    /** One that is not negative. */
    static long positive(String parameter, String value) {
        long nanos = nanos(parameter, value);
        if (nanos < 0) {
            throw new IllegalArgumentException(parameter + " is negative");
        }
        return nanos;
    }
}

package io.sluice.target.file.internal.recording;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A length of time as people write it: seconds, or a number with ms, s, m, h or d. */
public final class Seconds {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h|d)?");

    private Seconds() {
    }

    /** @throws IllegalArgumentException naming the parameter */
    public static long nanos(String name, String text) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException("'" + name + "': seconds were wanted, such as 10, 2.5 or 500ms, '" + text + "' was found");
        }
        long unit = switch (m.group(2) == null ? "s" : m.group(2)) {
            case "ms" -> 1_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            case "d" -> 86_400_000_000_000L;
            default -> 1_000_000_000L;
        };
        BigDecimal nanos = new BigDecimal(m.group(1)).multiply(BigDecimal.valueOf(unit));
        // a hundred years, so that sums with times stay in range
        return nanos.min(BigDecimal.valueOf(100L * 365 * 86_400).multiply(BigDecimal.valueOf(1_000_000_000L)).min(BigDecimal.valueOf(Long.MAX_VALUE / 4))).longValue();
    }
}

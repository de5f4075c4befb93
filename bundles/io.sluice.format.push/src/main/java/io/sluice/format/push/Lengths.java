package io.sluice.format.push;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lengths of time as people write them. */
final class Lengths {
    private static final Pattern PART = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ms|s|m|h|d|$)");
    private static final Map<String, Long> MILLIS = Map.of("", 1000L, "ms", 1L, "s", 1000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);
    /** Nothing that is scheduled takes longer. */
    private static final long MAX_MILLIS = Duration.ofDays(3660).toMillis();

    private Lengths() {
    }

    /** @return null when it is none, or more than ten years */
    static Duration parse(String text) {
        Matcher parts = PART.matcher(text);
        long millis = 0;
        int at = 0;
        while (at < text.length() && parts.find(at) && parts.start() == at) {
            if (parts.group(2).isEmpty() && at > 0) {
                return null; // 1h30 may be minutes or seconds
            }
            millis += new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(MILLIS.get(parts.group(2)))).longValue();
            at = parts.end();
        }
        return at == 0 || at < text.length() || millis > MAX_MILLIS ? null : Duration.ofMillis(millis);
    }
}

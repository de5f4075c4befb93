package io.sluice.format.push;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Times as reasons show them. */
public final class Moments {
    private static final DateTimeFormatter MINUTES = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    private Moments() {
    }

    /** The time there, such as "2026-11-22 20:00"; with seconds where it has some. */
    public static String shown(Instant time, ZoneId zone) {
        LocalDateTime local = LocalDateTime.ofInstant(time, zone);
        return local.format(local.getSecond() == 0 ? MINUTES : SECONDS);
    }
}

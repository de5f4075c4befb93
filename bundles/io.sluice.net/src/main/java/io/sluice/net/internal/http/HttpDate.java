package io.sluice.net.internal.http;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The date that answers carry (RFC 9110 section 5.6.7): written once a second for all of them. From any thread. */
final class HttpDate {
    private final Clock clock;
    private volatile Written written = new Written(Long.MIN_VALUE, "");

    private record Written(long second, String text) {
    }

    HttpDate(Clock clock) {
        this.clock = clock;
    }

    String now() {
        long second = clock.millis() / 1000;
        Written w = written;
        if (w.second() != second) {
            w = new Written(second, DateTimeFormatter.RFC_1123_DATE_TIME.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC)));
            written = w;
        }
        return w.text();
    }
}

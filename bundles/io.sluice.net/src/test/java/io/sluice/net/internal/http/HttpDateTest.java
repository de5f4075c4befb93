package io.sluice.net.internal.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HttpDateTest {
    private Instant now = Instant.parse("1994-11-06T08:49:37.100Z");
    private final HttpDate date = new HttpDate(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void itIsWrittenOnceForEachSecond() {
        String first = date.now();
        assertEquals("Sun, 6 Nov 1994 08:49:37 GMT", first);
        now = now.plusMillis(800);
        assertSame(first, date.now());
        now = now.plusMillis(200);
        assertEquals("Sun, 6 Nov 1994 08:49:38 GMT", date.now());
    }
}

package io.sluice.triggers.internal;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers of events that do not come again after a restart. */
final class EventIds {
    private final String start;
    private final AtomicLong count = new AtomicLong();

    EventIds() {
        byte[] random = new byte[8];
        new SecureRandom().nextBytes(random);
        start = HexFormat.of().formatHex(random) + "-";
    }

    String next() {
        return start + count.incrementAndGet();
    }
}

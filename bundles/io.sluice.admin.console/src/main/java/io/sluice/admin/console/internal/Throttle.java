package io.sluice.admin.console.internal;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Slows down guessing: after some failures an address must wait, longer each time, and is not even listened to meanwhile, the right password included
 * (or the wait would not hinder who guesses it). From any thread.
 */
final class Throttle {
    /** A person mistypes; a browser asks a few times with a password that has changed. */
    static final int FREE_FAILURES = 5;
    static final int MAX_WAIT_SECONDS = 30;
    /** About 200 bytes each. Whoever has more addresses than that gets rid of his oldest record, not of another's newest. */
    static final int MAX_ADDRESSES = 1024;
    private static final long SECOND = 1_000_000_000L;
    /** An address that behaved for so long begins anew. */
    private static final long FORGIVEN_NANOS = 600 * SECOND;

    private final LongSupplier nanoTime;
    private final Map<String, Record> records = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Record> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    private record Record(int failures, long lastNanos) {
        int waitSeconds() {
            int over = failures - FREE_FAILURES;
            return over < 0 ? 0 : Math.min(MAX_WAIT_SECONDS, 1 << Math.min(over, 10));
        }
    }

    /** @param nanoTime a clock such as System::nanoTime */
    Throttle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Seconds that this address has to wait yet, 0 for none. */
    synchronized int waitSeconds(String address) {
        Record record = records.get(key(address));
        if (record == null) {
            return 0;
        }
        long left = record.lastNanos() + record.waitSeconds() * SECOND - nanoTime.getAsLong();
        return left <= 0 ? 0 : (int) ((left + SECOND - 1) / SECOND);
    }

    /** @return how many times in a row this address has failed now */
    synchronized int failed(String address) {
        long now = nanoTime.getAsLong();
        Record before = records.get(key(address));
        int failures = before == null || now - before.lastNanos() > FORGIVEN_NANOS ? 1 : before.failures() + 1;
        records.put(key(address), new Record(failures, now));
        return failures;
    }

    synchronized void succeeded(String address) {
        records.remove(key(address));
    }

    /** An IPv6 host has a /64 of its own, so that counts as one. */
    private static String key(String address) {
        if (address == null || address.indexOf(':') < 0) {
            return String.valueOf(address);
        }
        try {
            InetAddress parsed = InetAddress.getByName(address);
            return parsed instanceof Inet6Address ? HexFormat.of().formatHex(parsed.getAddress(), 0, 8) : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}

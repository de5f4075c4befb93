package io.sluice.net.internal;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Exceptions that are a plugin's own fault: one log entry with its stack for each plugin and type in a second, the rest counted. Any thread. */
public final class PluginErrors {
    private static final Logger LOG = LoggerFactory.getLogger(PluginErrors.class);
    /** Names are bounded by the code that is installed; should they not be, the table starts anew. */
    private static final int KINDS = 1000;

    private record Seen(long atNanos, AtomicLong silent) {
    }

    private final ConcurrentHashMap<String, Seen> seen = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    public PluginErrors() {
        this(System::nanoTime);
    }

    PluginErrors(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A newcomer over a limit: one line in a second for all, the rest counted. */
    void refused(String peer, String reason) {
        count("refused", silent -> LOG.warn("refused a connection from {}: {}{}", peer, reason, silent == 0 ? "" : " (and " + silent + " more before)"));
    }

    /**
     * @param where what was being done, such as "connection 7 from 127.0.0.1"
     * @return whether it was logged
     */
    public boolean report(String plugin, String where, Throwable e) {
        String kind = plugin + " " + e.getClass().getName();
        return count(kind, silent -> LOG.error("{} failed on {}{}", plugin, where, silent == 0 ? "" : " (and " + silent + " times alike before)", e));
    }

    private boolean count(String kind, LongConsumer log) {
        long now = nanos.getAsLong();
        Seen last = seen.get(kind);
        if (last != null && now - last.atNanos < TimeUnit.SECONDS.toNanos(1)) {
            last.silent.incrementAndGet();
            return false;
        }
        if (seen.size() > KINDS) {
            seen.clear();
        }
        seen.put(kind, new Seen(now, new AtomicLong()));
        log.accept(last == null ? 0 : last.silent.get());
        return true;
    }
}

package io.sluice.triggers.internal;

import io.sluice.api.trigger.TriggerEvent;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One trigger as configured now, and how it fares. Any thread. */
final class Trigger {
    private static final Logger LOG = LoggerFactory.getLogger(Trigger.class);
    private static final int MAX_ERROR_CHARS = 300;
    private static final String THRESHOLD = "bytesPerSecond";

    private final TriggerConfig config;
    private final Lane lane;
    private final Record record;

    /** What is remembered of it over changes of its configuration. */
    static final class Record {
        private final Counters counters = new Counters();
        private final Pace pace = new Pace();
        private volatile Failure last = new Failure("", 0);
    }

    record Failure(String words, long atMillis) {
    }

    Trigger(TriggerConfig config, Lane lane, Record record) {
        this.config = config;
        this.lane = lane;
        this.record = record;
    }

    TriggerConfig config() {
        return config;
    }

    Lane lane() {
        return lane;
    }

    Counters counters() {
        return record.counters;
    }

    Failure lastFailure() {
        return record.last;
    }

    boolean matches(TriggerEvent event) {
        return config.streams().passes(event.stream()) && (config.threshold() < 0 || exceeds(event.fields().get(THRESHOLD)));
    }

    private boolean exceeds(String figure) {
        try {
            return figure == null || Long.parseLong(figure) > config.threshold();
        } catch (NumberFormatException e) {
            return true;
        }
    }

    /** Remembers what went wrong; a line in the log at most each ten seconds, for a hook that is down is asked often. */
    void failed(Occurrence occurrence, Call.End end, String words) {
        String printable = words.replaceAll("\\p{Cntrl}", " ");
        String shown = printable.substring(0, Math.min(MAX_ERROR_CHARS, printable.length()));
        record.last = new Failure(shown, System.currentTimeMillis());
        long before = record.pace.admit();
        if (before >= 0) {
            LOG.warn("{} on {}: {}, {}{}", config, occurrence, end.name().toLowerCase(Locale.ROOT).replace('_', ' '), shown, Pace.more(before));
        }
    }
}

package io.sluice.triggers.internal;

import io.sluice.api.trigger.TriggerCounts;
import io.sluice.api.trigger.TriggerType;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/** How calls went, of one trigger or one type. Any thread. */
final class Counters {
    private final LongAdder asked = new LongAdder();
    private final LongAdder told = new LongAdder();
    private final LongAdder yes = new LongAdder();
    private final LongAdder no = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder timedOut = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder totalNanos = new LongAdder();
    private final LongAccumulator longestNanos = new LongAccumulator(Long::max, 0);

    void called(boolean question) {
        (question ? asked : told).increment();
    }

    void ended(Call.Answer answer, boolean question, TriggerType type, long nanos) {
        switch (answer.end()) {
            case ANSWERED -> {
                totalNanos.add(nanos);
                longestNanos.accumulate(nanos);
                if (question) {
                    (Verdict.agrees(type, answer.text()) ? yes : no).increment();
                }
            }
            case FAILED -> failed.increment();
            case TIMED_OUT -> {
                timedOut.increment();
                longestNanos.accumulate(nanos);
            }
            case REFUSED -> refused.increment();
            default -> abandoned.increment();
        }
    }

    TriggerCounts now() {
        return new TriggerCounts(asked.sum(), told.sum(), yes.sum(), no.sum(), failed.sum(), timedOut.sum(), refused.sum(), abandoned.sum(), totalNanos.sum(), longestNanos.get());
    }
}

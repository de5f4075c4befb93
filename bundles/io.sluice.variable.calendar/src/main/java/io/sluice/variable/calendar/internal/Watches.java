package io.sluice.variable.calendar.internal;

import io.sluice.format.programme.CalendarPlace;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Tells of each change at its second. One thread, from the first watch to {@link #close}; it only looks up what is worked out already. Any thread. */
final class Watches implements AutoCloseable {
    /** A clock that was set, a calendar that could not be worked out: found after this. */
    private static final long MAX_WAIT_MILLIS = 60_000;
    private static final int MAX_WATCHES = 100_000;

    private final class Watch implements AutoCloseable {
        private final Question question;
        private final Runnable told;
        private Future<?> timer;
        private boolean ended;

        Watch(Question question, Runnable told) {
            this.question = question;
            this.told = told;
        }

        synchronized void plan() {
            if (ended) {
                return;
            }
            if (timer != null) {
                timer.cancel(false);
            }
            Instant now = clock.instant();
            Instant at = next.apply(question);
            boolean change = at != null && Duration.between(now, at).toMillis() < MAX_WAIT_MILLIS;
            long wait = change ? Math.max(1, Duration.between(now, at).plusNanos(999_999).toMillis()) : MAX_WAIT_MILLIS;
            try {
                timer = threads.schedule(() -> due(change), wait, TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                ended = true;
            }
        }

        private void due(boolean change) {
            if (change) {
                told.run();
            }
            plan();
        }

        @Override
        public synchronized void close() {
            ended = true;
            watches.remove(this);
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }

    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();
    private final Clock clock;
    private final Function<Question, Instant> next;
    private ScheduledThreadPoolExecutor threads;
    private boolean closed;

    /** @param next when a question's value changes next, or null when that is not known */
    Watches(Clock clock, Function<Question, Instant> next) {
        this.clock = clock;
        this.next = next;
    }

    /** @return null when there are too many */
    AutoCloseable watch(Question question, Runnable told) {
        synchronized (this) {
            if (closed || watches.size() >= MAX_WATCHES) {
                return null;
            }
            if (threads == null) {
                threads = new ScheduledThreadPoolExecutor(1, r -> {
                    Thread thread = new Thread(r, "variable-calendar-watch");
                    thread.setDaemon(true);
                    return thread;
                });
                threads.setRemoveOnCancelPolicy(true);
            }
        }
        Watch watch = new Watch(question, told);
        watches.add(watch);
        watch.plan();
        return watch;
    }

    /** Another calendar is there. */
    void replan(CalendarPlace place) {
        watches.stream().filter(w -> w.question.place().equals(place)).forEach(Watch::plan);
    }

    @Override
    public synchronized void close() {
        closed = true;
        watches.clear();
        if (threads != null) {
            threads.shutdownNow();
        }
    }
}

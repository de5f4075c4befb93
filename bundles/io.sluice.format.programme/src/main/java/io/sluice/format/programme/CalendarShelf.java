package io.sluice.format.programme;

import io.sluice.format.calendar.CalendarWindows;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One calendar as it was read last, for all who ask for it. Its place is looked at again when it is time, once for all that wait. When that fails, the last one goes
 * on for a day: what is on at a given second is still known. Any thread.
 */
public final class CalendarShelf {
    private static final Logger LOG = LoggerFactory.getLogger(CalendarShelf.class);
    private static final Duration KEPT = Duration.ofDays(1);
    /** A look that has not ended by then lost its thread: the engine that asked was replaced. */
    private static final long SLACK_MILLIS = 10_000;

    private final CalendarPlace place;
    private final Clock clock;
    private final Runnable changed;
    private CompletableFuture<Programme> looking;
    private Programme programme;
    private String digest = "";
    private Object stamp;
    private long lookedMillis;
    private long patienceMillis;
    private long goodMillis;
    private boolean failing;

    /** @param changed called when another calendar is there */
    public CalendarShelf(CalendarPlace place, Clock clock, Runnable changed) {
        this.place = place;
        this.clock = clock;
        this.changed = changed;
    }

    /** What was read last, or null. */
    public synchronized Programme known() {
        return programme;
    }

    /** @param refreshMillis a URL is not asked more often */
    public CompletableFuture<Programme> programme(CalendarPlaces places, FetchRequest request, long refreshMillis) {
        CompletableFuture<Programme> mine = new CompletableFuture<>();
        Object last;
        synchronized (this) {
            boolean fresh = place.url() != null && programme != null && clock.millis() - lookedMillis < refreshMillis && clock.millis() - goodMillis < KEPT.toMillis();
            if (fresh) {
                return CompletableFuture.completedFuture(programme);
            }
            if (looking != null && clock.millis() < patienceMillis) {
                return looking;
            }
            looking = mine;
            patienceMillis = clock.millis() + request.timeoutMillis() + SLACK_MILLIS;
            lookedMillis = clock.millis();
            last = stamp;
        }
        CompletableFuture<Fetched> fetch = places.fetch(place, last, request);
        if (fetch.isDone()) { // a file, and this is a worker
            fetch.whenComplete((fetched, failure) -> end(mine, fetched, failure));
        } else {
            fetch.whenComplete((fetched, failure) -> later(request.workers(), mine, fetched, failure));
        }
        return mine;
    }

    private void later(Executor workers, CompletableFuture<Programme> mine, Fetched fetched, Throwable failure) {
        try {
            workers.execute(() -> end(mine, fetched, failure));
        } catch (RejectedExecutionException e) {
            end(mine, null, new IOException("no thread is free to read a calendar"));
        }
    }

    private void end(CompletableFuture<Programme> mine, Fetched fetched, Throwable failure) {
        Throwable why = failure;
        if (why == null) {
            try {
                take(fetched);
            } catch (IOException | RuntimeException e) {
                why = e;
            }
        }
        Programme now;
        synchronized (this) {
            looking = looking == mine ? null : looking;
            now = why == null || clock.millis() - goodMillis < KEPT.toMillis() ? programme : null;
            if (why != null && now != null && !failing) {
                LOG.warn("{} cannot be read, the calendar of before goes on: {}", place.shown(), message(why));
            }
            failing = why != null;
        }
        if (now == null) {
            mine.completeExceptionally(new IOException(message(why)));
        } else {
            mine.complete(now);
        }
    }

    private static String message(Throwable why) {
        return why instanceof CompletionException && why.getCause() != null ? why.getCause().getMessage() : String.valueOf(why.getMessage());
    }

    private void take(Fetched fetched) throws IOException {
        String now = fetched.document() == null ? "" : Digest.of(fetched.document());
        Programme next = null;
        if (!now.isEmpty() && !now.equals(digest())) {
            next = new Programme(CalendarWindows.parse(fetched.document(), place.zone()));
            next.problems().forEach(p -> LOG.warn("{}: {}", place.shown(), p));
        }
        synchronized (this) {
            programme = next == null ? programme : next;
            digest = next == null ? digest : now;
            stamp = fetched.stamp();
            goodMillis = clock.millis();
        }
        if (next != null) {
            changed.run();
        }
    }

    private synchronized String digest() {
        return digest;
    }
}

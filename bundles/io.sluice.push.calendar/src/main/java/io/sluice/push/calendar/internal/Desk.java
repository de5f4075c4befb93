package io.sluice.push.calendar.internal;

import io.sluice.api.net.Loops;
import io.sluice.format.files.FileWatch;
import io.sluice.format.programme.CalendarPlace;
import io.sluice.format.programme.CalendarPlaces;
import io.sluice.format.programme.CalendarShelf;
import io.sluice.format.programme.FetchRequest;
import io.sluice.format.programme.Programme;
import io.sluice.format.push.ScheduleWatch;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One calendar, for all conditions that name it: reads it, again after a while and when its file changes, and lets the conditions look anew when it is another one. Reads on
 * workers, one read at a time. Any thread.
 */
final class Desk implements AutoCloseable {
    private static final long TIMEOUT_MILLIS = 30_000;

    private final CalendarPlace place;
    private final Duration refresh;
    private final Clock clock;
    private final Loops loops;
    private final FileWatch files;
    private final Set<ScheduleWatch> watches = ConcurrentHashMap.newKeySet();
    private final CompletableFuture<Void> first = new CompletableFuture<>();
    private volatile Programme programme;
    private volatile String problem = "";
    private CalendarPlaces places;
    private CalendarShelf shelf;
    private AutoCloseable watched;
    private Future<?> timer;
    private boolean reading;
    private boolean again;
    private boolean closed;

    Desk(CalendarPlace place, Duration refresh, Clock clock, Loops loops, FileWatch files) {
        this.place = place;
        this.refresh = refresh;
        this.clock = clock;
        this.loops = loops;
        this.files = files;
    }

    /** Null while it was not read, and when that fails for a day. */
    Programme programme() {
        return programme;
    }

    /** Why it cannot be read, or "". */
    String problem() {
        return problem;
    }

    /** Completes with the first read, however that went. */
    CompletableFuture<Void> first() {
        return first;
    }

    /** Reads from there, now and from now on. */
    void use(CalendarPlaces next) {
        synchronized (this) {
            places = next;
            shelf = new CalendarShelf(place, clock, () -> {
            });
            forget();
        }
        read();
    }

    void add(ScheduleWatch watch) {
        watches.add(watch);
        if (first.isDone()) {
            watch.look();
        } else {
            first.thenRun(watch::look);
        }
    }

    void remove(ScheduleWatch watch) {
        watches.remove(watch);
        watch.close();
    }

    /** Now, or once more after the read that runs. */
    void read() {
        synchronized (this) {
            if (closed || reading) {
                again = reading;
                return;
            }
            reading = true;
            if (timer != null) {
                timer.cancel(false);
            }
        }
        try {
            loops.workers().execute(this::fetch);
        } catch (RejectedExecutionException e) {
            ended(null, new IOException("no thread is free to read a calendar"));
        }
    }

    private void fetch() {
        CalendarPlaces from;
        CalendarShelf to;
        synchronized (this) {
            from = places;
            to = shelf;
        }
        watch(from);
        to.programme(from, new FetchRequest(Map.of(), TIMEOUT_MILLIS, loops.workers()), 0).whenComplete(this::ended);
    }

    /** Before it is read, so that no change is missed. */
    private void watch(CalendarPlaces from) {
        synchronized (this) {
            if (place.url() != null || watched != null || closed) {
                return;
            }
        }
        try {
            AutoCloseable begun = files.watch(from.resolve(place.path()), this::read);
            synchronized (this) {
                if (from == places && !closed) {
                    watched = begun;
                    return;
                }
            }
            quietly(begun);
        } catch (IOException e) {
            // not there yet: the next read finds it
        }
    }

    private void ended(Programme read, Throwable failure) {
        String why = failure == null ? "" : place.shown() + " cannot be read: " + (failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure).getMessage();
        boolean other = read != programme || !why.equals(problem);
        programme = read;
        problem = why;
        boolean once;
        synchronized (this) {
            reading = false;
            once = again && !closed;
            again = false;
            if (!closed && !once) {
                later();
            }
        }
        first.complete(null);
        if (other) {
            watches.forEach(ScheduleWatch::look);
        }
        if (once) {
            read();
        }
    }

    private void later() {
        try {
            timer = loops.next().schedule(this::read, refresh.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            closed = true; // the server stops
        }
    }

    private void forget() {
        quietly(watched);
        watched = null;
    }

    private static void quietly(AutoCloseable handle) {
        if (handle != null) {
            try {
                handle.close();
            } catch (Exception e) {
                throw new IllegalStateException("a file's watch cannot be ended", e);
            }
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            if (timer != null) {
                timer.cancel(false);
            }
            forget();
        }
        watches.forEach(ScheduleWatch::close);
        watches.clear();
    }
}

package io.sluice.push.calendar.internal;

import io.sluice.api.net.Loops;
import io.sluice.format.files.FileWatch;
import io.sluice.format.programme.CalendarPlace;
import io.sluice.format.programme.CalendarPlaces;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** The calendars that conditions name, each as long as somebody does. Any thread. */
final class Desks implements AutoCloseable {
    /** Each may hold an 8 MiB document's events. */
    private static final int MAX_CALENDARS = 1000;
    /** A calendar that somebody looks at before the rule is saved. */
    private static final long GLANCE_MINUTES = 10;

    private record Key(CalendarPlace place, Duration refresh) {
    }

    private static final class Shared {
        private final Desk desk;
        private int users;

        Shared(Desk desk) {
            this.desk = desk;
        }
    }

    private final Map<Key, Shared> desks = new HashMap<>();
    private final FileWatch files = new FileWatch("push-calendar-watch");
    private final Clock clock;
    private final Loops loops;
    private CalendarPlaces places;

    Desks(Clock clock, Loops loops, CalendarPlaces places) {
        this.clock = clock;
        this.loops = loops;
        this.places = places;
    }

    synchronized CalendarPlaces places() {
        return places;
    }

    /** Calendars are read anew, so that none stays that may not be read any more. */
    synchronized void use(CalendarPlaces next) {
        CalendarPlaces before = places;
        places = next;
        desks.values().forEach(s -> s.desk.use(next));
        before.close();
    }

    /** @throws IllegalArgumentException when there are too many */
    synchronized Desk take(CalendarRule rule) {
        Key key = new Key(rule.place(), rule.refresh());
        Shared shared = desks.get(key);
        if (shared == null) {
            if (desks.size() >= MAX_CALENDARS) {
                throw new IllegalArgumentException("'target': conditions name more than " + MAX_CALENDARS + " calendars");
            }
            shared = new Shared(new Desk(rule.place(), rule.refresh(), clock, loops, files));
            desks.put(key, shared);
            shared.desk.use(places);
        }
        shared.users++;
        return shared.desk;
    }

    /** For a look now, and perhaps some more soon. */
    Desk glance(CalendarRule rule) {
        Desk desk = take(rule);
        try {
            loops.next().schedule(() -> give(rule), GLANCE_MINUTES, TimeUnit.MINUTES);
        } catch (RejectedExecutionException e) {
            give(rule);
        }
        return desk;
    }

    synchronized void give(CalendarRule rule) {
        Key key = new Key(rule.place(), rule.refresh());
        Shared shared = desks.get(key);
        if (shared != null && --shared.users == 0) {
            desks.remove(key);
            shared.desk.close();
        }
    }

    @Override
    public synchronized void close() {
        desks.values().forEach(s -> s.desk.close());
        desks.clear();
        files.close();
        places.close();
    }
}

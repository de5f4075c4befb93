package io.sluice.sessions.internal.live;

import io.sluice.api.session.Visit;
import io.sluice.api.session.Visits;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/** The sessions that can be joined, those that are on their way out, and which visit sits where. From any thread. */
public final class Roster {
    private final Map<String, LiveSession> sessions = new ConcurrentHashMap<>();
    private final Set<LiveSession> leaving = ConcurrentHashMap.newKeySet();
    private final Map<Long, Seat> seats = new ConcurrentHashMap<>();
    private final Queue<Seat> unlisted = new ConcurrentLinkedQueue<>();
    private final Visits visits;
    private volatile int stamp;

    public Roster(Visits visits) {
        this.visits = visits;
    }

    public Map<String, LiveSession> sessions() {
        return sessions;
    }

    Set<LiveSession> leaving() {
        return leaving;
    }

    Map<Long, Seat> seats() {
        return seats;
    }

    Visits visits() {
        return visits;
    }

    /** Gives a visit its place; called once for each, when it enters. */
    public void sit(Visit visit, LiveSession session, int generation) {
        Seat seat = seat(visit);
        session.meet(visit.facts());
        seat.sit(session, generation);
        session.tags().forEach(visit::tag);
    }

    /** The seat of a visit, found or made. */
    Seat seat(Visit visit) {
        Seat seat = seats.computeIfAbsent(visit.id(), id -> {
            Seat fresh = new Seat(visit, stamp);
            unlisted.add(fresh);
            return fresh;
        });
        if (seat.visit() == null) {
            seat.visit(visit);
            unlisted.add(seat);
        }
        return seat;
    }

    /** One of an earlier engine's. */
    void restored(Seat seat) {
        seats.put(seat.id(), seat);
        unlisted.add(seat);
    }

    /** The next seat that the collation does not know, or null. */
    Seat unlisted() {
        return unlisted.poll();
    }

    /** The collation that is running: a new seat counts as seen by it. */
    void stamp(int now) {
        stamp = now;
    }

    /** Where the visit sits, or null. */
    public LiveSession of(Visit visit) {
        Seat seat = seats.get(visit.id());
        return seat == null ? null : seat.session();
    }

    /** The open and the closed visits of some sessions. */
    public void visits(Collection<LiveSession> of, Consumer<Visit> consumer) {
        Set<LiveSession> wanted = new HashSet<>(of);
        for (Collection<Visit> all : List.of(visits.live(), visits.closed())) {
            for (Visit visit : all) {
                LiveSession session = of(visit);
                if (session != null && wanted.contains(session)) {
                    consumer.accept(visit);
                }
            }
        }
    }

    /** Numbers of the open connections of each session. */
    public Map<LiveSession, List<Long>> connections() {
        Map<LiveSession, List<Long>> all = new HashMap<>();
        for (Visit visit : visits.live()) {
            LiveSession session = of(visit);
            if (session != null && visit.facts().connection() != 0) {
                all.computeIfAbsent(session, s -> new ArrayList<>(2)).add(visit.facts().connection());
            }
        }
        return all;
    }

    /** Ends sessions: nobody joins them from here on, and their visits are cut. Those of them that are there tell their end when their visits are gone. */
    public void stop(Collection<LiveSession> which, String reason, long nowMillis) {
        for (LiveSession session : which) {
            session.stop(reason, nowMillis);
            leaving.add(session);
            sessions.remove(session.id(), session);
        }
        visits(which, visit -> {
            if (visit.endedMillis() == 0) {
                visit.end(reason);
            }
        });
    }
}

package io.sluice.sessions.internal.live;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.Session.State;
import io.sluice.api.session.Visit;
import io.sluice.api.session.Visits;
import io.sluice.sessions.internal.Refusal;
import io.sluice.sessions.internal.Settings;
import io.sluice.sessions.internal.key.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The collation: once a second every visit's counters are added up anew, so nothing that happened between is missed or counted twice. One thread.
 */
public final class Census {
    /** A question whose connections are all gone is given up after this. */
    private static final long ASKED_ALONE_MILLIS = 2000;
    /** A connection that was told to end may take so long to be gone. */
    private static final long LEAVING_MILLIS = 5000;

    /** Where nothing says that there is somebody unknown. */
    private static final int LOOK_PASSES = 10;

    private final Roster roster;
    private final Visits visits;
    private final Consumer<Session> ended;
    private final List<Seat> open = new ArrayList<>();
    private final List<Seat> passed = new ArrayList<>();
    private int stamp;
    private long lastMillis;
    private long countedMillis;
    private List<Batch.Item<Placement>> stale = List.of();

    /** @param ended told of each session when it is over, and with its state DENIED when it was refused at last */
    public Census(Roster roster, Consumer<Session> ended, long nowMillis) {
        this.roster = roster;
        this.visits = roster.visits();
        this.ended = ended;
        this.lastMillis = nowMillis;
        this.countedMillis = nowMillis;
    }

    /** Goes on counting seconds where an engine before this one ended. */
    public void countedUntil(long millis) {
        countedMillis = millis;
    }

    public long countedUntil() {
        return countedMillis;
    }

    /** Those that the current definition has not placed yet. */
    public List<Batch.Item<Placement>> stale() {
        return stale;
    }

    /** @param generation of the current definition */
    public void collate(Settings settings, int generation, long now) {
        roster.stamp(++stamp);
        stale = new ArrayList<>();
        int step = (int) Math.max(0, Math.min(Integer.MAX_VALUE, (now - countedMillis) / 1000));
        countedMillis += step * 1000L;
        listNew();
        // closed ones first: one that closes meanwhile is missed until the next time, and never counted twice
        for (Visit visit : visits.closed()) {
            Seat seat = closedSeat(visit, settings);
            if (seat != null) {
                count(visit, seat, false, settings, generation, now, step);
            }
        }
        adopt(settings);
        countOpen(settings, generation, now, step);
        passed.removeIf(this::vanished);
        long elapsed = now - lastMillis;
        lastMillis = now;
        roster.sessions().values().forEach(s -> end(s, settings, now, elapsed));
        roster.leaving().forEach(s -> leave(s, now, elapsed));
    }

    private void listNew() {
        for (Seat seat = roster.unlisted(); seat != null; seat = roster.unlisted()) {
            list(seat);
        }
    }

    private void list(Seat seat) {
        if (seat.visit() == null) {
            passed.add(seat);
        } else if (!seat.isListed()) {
            seat.listed(true);
            open.add(seat);
        }
    }

    /** The seat of a closed visit; null, and the visit is forgotten, where it is of no session. */
    private Seat closedSeat(Visit visit, Settings settings) {
        Seat seat = roster.seats().get(visit.id());
        if (seat == null && (settings.kindOf(visit.facts()) == null || !visit.admitted())) {
            forget(visit, false);
        } else if (seat == null) {
            seat = new Seat(visit, stamp);
            roster.seats().put(visit.id(), seat);
            passed.add(seat);
        }
        return seat;
    }

    /** Visits that came in while nobody counted. They are looked for where there are more than are known, and now and then. */
    private void adopt(Settings settings) {
        if (visits.live().size() == open.size() && stamp % LOOK_PASSES != 1) {
            return;
        }
        for (Visit visit : visits.live()) {
            Seat seat = roster.seats().get(visit.id());
            if (seat != null && seat.visit() == null || seat == null && visit.admitted() && settings.kindOf(visit.facts()) != null) {
                roster.seat(visit);
            }
        }
        listNew();
    }

    private void countOpen(Settings settings, int generation, long now, int step) {
        for (int i = open.size() - 1; i >= 0; i--) {
            Seat seat = open.get(i);
            Visit visit = seat.visit();
            if (visit.endedMillis() == 0) {
                count(visit, seat, true, settings, generation, now, step);
            } else {
                Seat last = open.remove(open.size() - 1);
                if (last != seat) {
                    open.set(i, last);
                }
                seat.listed(false);
                passed.add(seat);
            }
        }
    }

    /** Twice in no list: it was forgotten, or added up with another whom it looks like; then the other's session has its bytes. */
    private boolean vanished(Seat seat) {
        if (seat.isListed()) {
            return true;
        }
        boolean gone = stamp - seat.stamp() > 1;
        LiveSession session = seat.session();
        if (gone && session != null && !session.isTold()) {
            session.movedAway();
        }
        if (gone) {
            roster.seats().remove(seat.id(), seat);
        }
        return gone;
    }

    private void count(Visit visit, Seat seat, boolean live, Settings settings, int generation, long now, int step) {
        LiveSession session = seatedAt(seat);
        seat.seen(visit, stamp);
        if (session != null && session.state() == State.DENIED) {
            refuse(visit, seat, session, live);
            session = null;
        }
        if (seat.isCut() || session == null && !seat.moved()) {
            forget(visit, live);
            return;
        }
        if ((session == null || seat.generation() != generation && session.stoppedMillis() == 0) && visit.admitted()) {
            stale(visit, seat, session, settings);
        }
        if (session != null) {
            session.add(visit, seat, live, now, step, stamp);
        }
    }

    private void stale(Visit visit, Seat seat, LiveSession session, Settings settings) {
        ConnectionKind kind = settings.kindOf(visit.facts());
        if (kind != null) {
            stale.add(new Batch.Item<>(new Placement(visit, seat), Placement.presented(visit.facts(), session), kind));
            return;
        }
        seat.cut();
        if (session != null) {
            session.movedAway();
        }
    }

    /** The session that it counts for; null when that has ended, or there never was one. */
    private static LiveSession seatedAt(Seat seat) {
        LiveSession session = seat.session();
        if (session != null && session.isTold()) {
            if (session.stoppedMillis() > 0) {
                seat.cut();
            } else {
                seat.settle();
            }
            return null;
        }
        return session;
    }

    private static void refuse(Visit visit, Seat seat, LiveSession session, boolean live) {
        if (live && visit.admitted()) {
            visit.end(session.reason());
        }
        seat.cut();
    }

    private void forget(Visit visit, boolean live) {
        if (!live) {
            visits.forget(visit, visit.bytesIn(), visit.bytesOut());
        }
    }

    private void end(LiveSession session, Settings settings, long now, long elapsed) {
        session.end(elapsed, stamp);
        switch (session.state()) {
            case ASKING -> {
                if (session.gone() && session.shutAfter(ASKED_ALONE_MILLIS, now)) {
                    giveUp(session);
                }
            }
            case DENIED -> {
                if (session.shutAfter(settings.deniedMillis(), now)) {
                    roster.sessions().remove(session.id(), session);
                }
            }
            default -> {
                if (session.deserted()) {
                    roster.sessions().remove(session.id(), session);
                } else if (session.shutAfter(settings.inactivityMillis(), now)) {
                    roster.sessions().remove(session.id(), session);
                    tell(session, session.presentMillis());
                }
            }
        }
    }

    private void giveUp(LiveSession session) {
        roster.sessions().remove(session.id(), session);
        Asking asking = session.asking();
        if (asking != null) {
            asking.giveUp(Refusal.session("everybody who waited has left"));
        }
    }

    private void leave(LiveSession session, long now, long elapsed) {
        session.end(elapsed, stamp);
        if (session.gone() || now - session.stoppedMillis() >= LEAVING_MILLIS) {
            roster.leaving().remove(session);
            tell(session, session.stoppedMillis());
        }
    }

    private void tell(LiveSession session, long endedMillis) {
        session.told();
        ended.accept(session.report(List.of(), Math.max(1, endedMillis)));
    }

    /** The server stops: nobody comes back to these sessions. */
    public void endAll(String reason, long now) {
        for (LiveSession session : roster.sessions().values()) {
            if (session.state() == State.LIVE) {
                roster.sessions().remove(session.id(), session);
                session.stop(reason, now);
                tell(session, now);
            }
        }
    }

    /** What is on its way out is out: the engine stops. */
    public void finish() {
        roster.leaving().forEach(s -> tell(s, s.stoppedMillis()));
        roster.leaving().clear();
        roster.seats().values().forEach(Census::seatedAt);
    }
}

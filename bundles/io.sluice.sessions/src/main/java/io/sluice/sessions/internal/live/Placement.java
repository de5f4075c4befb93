package io.sluice.sessions.internal.live;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Session.State;
import io.sluice.api.session.Visit;
import io.sluice.sessions.internal.key.Batch;
import io.sluice.sessions.internal.key.Keyed;
import io.sluice.sessions.internal.key.Presented;

/** A visit that is in already, and its seat, which is to be moved to where the current definition puts it. */
public record Placement(Visit visit, Seat seat) {
    /** Its facts with what its session gave it. */
    static ConnectionFacts presented(ConnectionFacts facts, LiveSession session) {
        return Presented.of(facts, session == null ? null : session.keyed());
    }

    /** Moves everybody of a batch; on the collating thread, between two collations, so that no byte is in two sessions or in none. */
    public static void apply(Batch<Placement> batch, Roster roster, int generation, long nowMillis) {
        for (int i = 0; i < batch.items().size(); i++) {
            batch.items().get(i).subject().move(batch.answer(i), roster, generation, nowMillis);
        }
    }

    private void move(Keyed keyed, Roster roster, int generation, long nowMillis) {
        LiveSession from = seat.session();
        if (seat.isCut() || from != null && (from.isTold() || from.stoppedMillis() > 0)) {
            return;
        }
        if (from != null && from.id().equals(keyed.id())) {
            seat.sit(from, generation);
            return;
        }
        LiveSession to = target(keyed, roster, nowMillis);
        if (to.state() == State.DENIED) {
            visit.end(to.reason());
            seat.cut();
            return;
        }
        to.meet(visit.facts());
        if (from != null) {
            to.inherit(from, visit.facts());
            from.movedAway();
        } else if (!seat.settledBefore()) {
            to.adopt(visit);
        }
        to.tags().forEach(visit::tag);
        seat.sit(to, generation);
    }

    private LiveSession target(Keyed keyed, Roster roster, long nowMillis) {
        for (;;) {
            long present = visit.endedMillis() > 0 ? visit.endedMillis() : nowMillis;
            long since = seat.settledBefore() ? nowMillis : visit.sinceMillis();
            LiveSession to = roster.sessions().computeIfAbsent(keyed.id(), id -> new LiveSession(keyed, visit.facts(), State.LIVE, since, present));
            if (to.state() == State.DENIED || to.join(present)) {
                return to;
            }
            roster.sessions().remove(keyed.id(), to);
        }
    }
}

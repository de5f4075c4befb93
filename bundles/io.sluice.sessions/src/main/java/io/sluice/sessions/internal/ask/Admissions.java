package io.sluice.sessions.internal.ask;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.Session.State;
import io.sluice.api.session.Visit;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.sessions.internal.Refusal;
import io.sluice.sessions.internal.key.Keyed;
import io.sluice.sessions.internal.limit.Limits;
import io.sluice.sessions.internal.live.Asking;
import io.sluice.sessions.internal.live.LiveSession;
import io.sluice.sessions.internal.live.Roster;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets visits into sessions: limits for a new one, one question for all of its connections, and what was answered is remembered. From any thread, never blocks. */
public final class Admissions {
    private static final Logger LOG = LoggerFactory.getLogger(Admissions.class);

    private final Roster roster;
    private final Limits limits;
    private final TriggerDesk triggers;
    private final LongSupplier millis;
    private final Consumer<Session> denied;

    /** @param denied told of each refusal by a trigger, once */
    public Admissions(Roster roster, Limits limits, TriggerDesk triggers, LongSupplier millis, Consumer<Session> denied) {
        this.roster = roster;
        this.limits = limits;
        this.triggers = triggers;
        this.millis = millis;
        this.denied = denied;
    }

    /** @param generation of the definition that said where it belongs */
    public CompletionStage<Admitted> join(Visit visit, Keyed keyed, int generation) {
        if (visit.endedMillis() != 0) {
            return refused(Refusal.session("the peer has left"));
        }
        for (;;) {
            LiveSession session = roster.sessions().get(keyed.id());
            if (session == null) {
                String full = limits.enter(keyed.kind(), visit.facts());
                if (full != null) {
                    LOG.debug("{}: denied, {}", visit.facts(), full);
                    return refused(Refusal.limit(full));
                }
                session = open(visit.facts(), keyed);
            }
            Asking asking = session.asking();
            if (asking == null && session.state() == State.DENIED) {
                return refused(Refusal.session(session.reason()));
            }
            if (session.join(millis.getAsLong())) {
                roster.sit(visit, session, generation);
                return asking == null ? CompletableFuture.completedFuture(keyed.admitted()) : asking.await(keyed.admitted());
            }
            roster.sessions().remove(keyed.id(), session);
        }
    }

    private static CompletionStage<Admitted> refused(RuntimeException why) {
        return CompletableFuture.failedFuture(why);
    }

    private LiveSession open(ConnectionFacts facts, Keyed keyed) {
        long now = millis.getAsLong();
        boolean ask = keyed.kind() == ConnectionKind.VIEWER && triggers.wants(UserEvents.NEW, facts.stream());
        LiveSession fresh = new LiveSession(keyed, facts, ask ? State.ASKING : State.LIVE, now, now);
        if (ask) {
            fresh.asking(new Asking(facts, () -> abandon(fresh)));
        }
        LiveSession other = roster.sessions().putIfAbsent(keyed.id(), fresh);
        if (other == null && ask) {
            ask(fresh, fresh.asking());
        }
        return other == null ? fresh : other;
    }

    private void ask(LiveSession session, Asking asking) {
        CompletableFuture<TriggerAnswer> question = triggers.ask(UserEvents.userNew(asking.facts(), session.keyed()));
        asking.question(question);
        question.whenComplete((answer, failure) -> {
            if (session.asking() == asking && asking.isAsked(question)) {
                decided(session, asking, failure != null || answer.yes(), answer);
            }
        });
    }

    private void decided(LiveSession session, Asking asking, boolean yes, TriggerAnswer answer) {
        if (yes) {
            session.state(State.LIVE, "");
            session.asking(null);
            asking.allowed();
            return;
        }
        String reason = reason(answer);
        LOG.info("{}: session {} of stream {} denied, {}", UserEvents.NEW, session.id(), asking.facts().stream(), reason);
        session.state(State.DENIED, reason);
        session.asking(null);
        denied.accept(session.report(List.of(), millis.getAsLong()));
        asking.denied(Refusal.session(reason));
    }

    private static String reason(TriggerAnswer answer) {
        return answer.handler().isEmpty() ? "refused by a trigger" : "refused by " + answer.handler();
    }

    private void abandon(LiveSession session) {
        Asking asking = session.asking();
        if (session.state() == State.ASKING && asking != null && roster.sessions().remove(session.id(), session)) {
            asking.giveUp(Refusal.session("everybody who waited has left"));
        }
    }

    /** Another trigger engine, or none: open questions are put to it. */
    public void triggersChanged() {
        for (LiveSession session : roster.sessions().values()) {
            Asking asking = session.asking();
            if (asking != null && session.state() == State.ASKING) {
                ask(session, asking);
            }
        }
    }

    /** Asks again for one that was let in; nobody new waits meanwhile. */
    public void again(LiveSession session, ConnectionFacts facts) {
        triggers.ask(UserEvents.userNew(facts, session.keyed())).whenComplete((answer, failure) -> {
            if (failure == null && !answer.yes() && roster.sessions().get(session.id()) == session) {
                revoke(session, facts, reason(answer));
            }
        });
    }

    private void revoke(LiveSession session, ConnectionFacts facts, String reason) {
        LOG.info("{}: session {} of stream {} is denied from now on, {}", UserEvents.NEW, session.id(), facts.stream(), reason);
        long now = millis.getAsLong();
        LiveSession refusal = new LiveSession(session.keyed(), facts, State.DENIED, now, now);
        refusal.state(State.DENIED, reason);
        roster.sessions().replace(session.id(), session, refusal);
        roster.stop(List.of(session), reason, now);
    }
}

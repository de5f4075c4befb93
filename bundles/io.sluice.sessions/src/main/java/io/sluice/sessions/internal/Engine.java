package io.sluice.sessions.internal;

import io.sluice.api.net.Snapshot;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.SessionStrategy;
import io.sluice.api.session.Sessions;
import io.sluice.api.session.Visit;
import io.sluice.api.session.Visits;
import io.sluice.api.trigger.Triggers;
import io.sluice.sessions.internal.ask.Admissions;
import io.sluice.sessions.internal.ask.TriggerDesk;
import io.sluice.sessions.internal.key.Batch;
import io.sluice.sessions.internal.key.Keyed;
import io.sluice.sessions.internal.key.Recognised;
import io.sluice.sessions.internal.limit.Limit;
import io.sluice.sessions.internal.limit.Limits;
import io.sluice.sessions.internal.live.Asking;
import io.sluice.sessions.internal.live.Census;
import io.sluice.sessions.internal.live.Kept;
import io.sluice.sessions.internal.live.LiveSession;
import io.sluice.sessions.internal.live.Placement;
import io.sluice.sessions.internal.live.Roster;
import io.sluice.sessions.internal.tell.AccessLog;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine at work. {@link #enter} is for connections' loops, {@link #collate} for one thread, the rest is for any. */
public final class Engine implements SessionEngine.Collation {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Visits visits;
    private final LongSupplier millis;
    private final Executor soon;
    private final History history = new History();
    private final Recognised recognised = new Recognised();
    private final Outlet outlet = new Outlet();
    private final Limits limits = new Limits();
    private final TriggerDesk triggers = new TriggerDesk();
    private final Roster roster;
    private final Census census;
    private final Admissions admissions;
    private final Definition definition;
    private final Directory directory;
    private final List<AutoCloseable> listening;
    private volatile AccessLog accessLog;
    private Batch<Placement> batch;
    private int batchGeneration;

    /**
     * Goes on from what is there and was kept.
     *
     * @param millis Unix epoch
     * @param soon   runs what is to happen now on the collating thread
     */
    Engine(Visits visits, Plugins plugins, Settings settings, AccessLog accessLog, Collection<Limit> configuredLimits, LongSupplier millis, Executor soon) {
        this.visits = visits;
        this.millis = millis;
        this.soon = soon;
        this.accessLog = accessLog;
        limits.configured(configuredLimits);
        roster = new Roster(visits);
        census = new Census(roster, this::ended, millis.getAsLong());
        admissions = new Admissions(roster, limits, triggers, millis, this::denied);
        directory = new Directory(roster, history, admissions, recognised, outlet, millis);
        definition = new Definition(settings, this::redefined);
        outlet.onEnded(s -> this.accessLog.add(s));
        outlet.onEnded(this::tellEnd);
        triggers.onChange(admissions::triggersChanged);
        listening = List.of(plugins.listen(SessionStrategy.class, definition), plugins.listen(Triggers.class, triggers));
        definition.missed();
        restore(visits.kept());
    }

    private void restore(Snapshot kept) {
        if (kept == null) {
            return;
        }
        Definition.Now now = definition.now();
        try {
            Kept.restore(kept, roster, history, kept.text("definition").equals(now.text()) ? now.number() : 0);
            census.countedUntil(kept.number("countedMillis"));
            LOG.info("{} sessions go on", roster.sessions().size());
        } catch (RuntimeException e) {
            LOG.warn("sessions begin anew from the connections that there are: {}", e.getMessage());
        }
    }

    Sessions directory() {
        return directory;
    }

    void configured(Settings settings, AccessLog log) {
        accessLog = log;
        definition.configured(settings);
    }

    void configured(Collection<Limit> configuredLimits) {
        limits.configured(configuredLimits);
    }

    @Override
    public CompletionStage<Admitted> enter(Visit visit) {
        Definition.Now now = definition.now();
        ConnectionFacts facts = visit.facts();
        ConnectionKind kind = now.settings().kindOf(facts);
        if (kind == null) {
            return CompletableFuture.completedFuture(Admitted.WITHOUT_SESSION);
        }
        Keyed known = recognised.get(facts, now.number(), millis.getAsLong());
        if (known != null) {
            return admissions.join(visit, known, now.number());
        }
        return Entering.of(now.identifier().identify(facts, kind), keyed -> {
            recognised.put(facts, keyed, now.number(), millis.getAsLong());
            return admissions.join(visit, keyed, now.number());
        });
    }

    @Override
    public Set<String> headers() {
        return definition.now().headers();
    }

    /** Once a second, and soon after something else is a session. */
    synchronized void collate() {
        long now = millis.getAsLong();
        Definition.Now defined = definition.now();
        place(defined, now);
        census.collate(defined.settings(), defined.number(), now);
        limits.collate(roster.sessions().values(), (session, why) -> {
            LOG.info("session {} is ended: {}", session.id(), why);
            roster.stop(List.of(session), why, now);
        });
        history.expire(now - defined.settings().historyMillis());
        recognised.expire(now);
        if (batch == null && !census.stale().isEmpty()) {
            batchGeneration = defined.number();
            batch = new Batch<>(defined.identifier(), census.stale(), this::soonCollate).start();
            place(defined, now);
        }
    }

    private void place(Definition.Now defined, long now) {
        if (batch != null && batch.over()) {
            if (batchGeneration == defined.number()) {
                Placement.apply(batch, roster, batchGeneration, now);
            }
            batch = null;
        }
    }

    /** Whether everybody sits where the definition says. */
    synchronized boolean placed() {
        return batch == null && census.stale().isEmpty();
    }

    private void soonCollate() {
        soon.execute(this::collate);
    }

    private void redefined() {
        recognised.clear();
        soonCollate();
    }

    private void ended(Session session) {
        history.add(session);
        outlet.ended(session);
    }

    /** Refused at last: a trigger hears of its end at once, with nothing moved. It ends in no log and no history. */
    private void denied(Session session) {
        outlet.then(() -> tellEnd(session));
    }

    private void tellEnd(Session session) {
        if (session.kind() == ConnectionKind.VIEWER) {
            triggers.tellEnd(session);
        }
    }

    @Override
    public void close() {
        close(false);
    }

    /** @param forGood the server stops: every session ends. Else they are kept for the next engine */
    void close(boolean forGood) {
        for (LiveSession session : roster.sessions().values()) {
            Asking asking = session.asking();
            if (asking != null) {
                asking.drop();
            }
        }
        synchronized (this) {
            collate();
            census.finish();
            if (forGood) {
                census.endAll("the server stops", millis.getAsLong());
            }
            Definition.Now now = definition.now();
            visits.keep(Kept.save(roster, history, now.text(), now.number(), census.countedUntil()));
        }
        listening.forEach(Engine::close);
        definition.close();
        outlet.close();
    }

    private static void close(AutoCloseable listener) {
        try {
            listener.close();
        } catch (Exception e) {
            throw new IllegalStateException("a listener could not be closed", e);
        }
    }
}

package io.sluice.streams.internal.visit;

import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.Admitted;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.SessionEngine.Collation;
import io.sluice.streams.internal.Engagement;
import io.sluice.streams.internal.media.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the elected session engine whether a visit may enter, and the configured policy while there is none. Engines begin and close on a worker, one after another; between
 * two of them the questions wait, and for the first one. From any thread.
 */
public final class Doorman implements Plugins.Listener<SessionEngine>, AutoCloseable {
    /** The one bundle that may decide who gets in. */
    public static final String BUNDLE = "io.sluice.sessions";
    private static final Engagement.Office OFFICE = new Engagement.Office(SessionEngine.NAME, BUNDLE, "joins visits to sessions", "decide who gets in");
    private static final Logger LOG = LoggerFactory.getLogger(Doorman.class);
    private static final long COMPLAIN_NANOS = 1_000_000_000L;

    private final Loops loops;
    private final Clock clock;
    private final BooleanSupplier open;
    private final LongSupplier waitMillis;
    private final Set<Entry> pending = ConcurrentHashMap.newKeySet();
    private final Engagement<SessionEngine, Collation> engines;
    private volatile boolean due;
    private long complainedNanos;
    private long silent = -1;

    /**
     * @param open       whether who asks while nobody answers is let in
     * @param waitMillis for an answer
     */
    public Doorman(Ledger ledger, Loops loops, Clock clock, BooleanSupplier open, LongSupplier waitMillis) {
        this.loops = loops;
        this.clock = clock;
        this.open = open;
        this.waitMillis = waitMillis;
        engines = new Engagement<>(OFFICE, loops, engine -> engine.begin(ledger), () -> List.copyOf(pending).forEach(this::ask));
    }

    /** Names of headers that the engine wants to be told. */
    public Set<String> headers() {
        Collation now = engines.work();
        try {
            Set<String> names = now == null ? null : now.headers();
            return names == null ? Set.of() : names;
        } catch (RuntimeException | LinkageError e) {
            failed(e);
            return Set.of();
        }
    }

    /** On the visit's loop. The answer is complete at once where the engine knows, or the policy decides; requests of the same visit meanwhile wait for the same. */
    public CompletableFuture<Admitted> enter(CountedVisit visit) {
        if (visit.entry() != null) {
            return visit.entry().answer();
        }
        Entry entry = new Entry(visit, this);
        pending.add(entry);
        ask(entry);
        if (!entry.answer().isDone()) {
            visit.asked(entry);
            entry.timeout(loops.next().schedule(() -> entry.byPolicy("the session engine has not answered"), waitMillis.getAsLong(), TimeUnit.MILLISECONDS));
        }
        return entry.answer();
    }

    private void ask(Entry entry) {
        Collation now = engines.work();
        if (now != null) {
            entry.ask(now);
        } else if (!engines.isWanted() && !due) {
            entry.byPolicy("the session engine is away");
        }
    }

    /**
     * Whether the first engine is still to come, as the server starts: who asks waits for it. Nothing once there was one.
     *
     * @param is false when it has had its time; then the policy counts
     */
    public void due(boolean is) {
        due = is && !engines.isWanted();
        if (!due) {
            List.copyOf(pending).forEach(this::ask);
        }
    }

    boolean open() {
        return open.getAsBoolean();
    }

    void ended(Entry entry) {
        pending.remove(entry);
    }

    /** Said once a second. */
    synchronized void failed(Throwable e) {
        long now = clock.nanos();
        if (silent < 0 || now - complainedNanos >= COMPLAIN_NANOS) {
            LOG.error("the session engine failed; {} (whileSessionsAway){}", open() ? "who asks is let in" : "nobody is let in", silent > 0 ? "; " + silent + " times more before" : "", e);
            complainedNanos = now;
            silent = 0;
        } else {
            silent++;
        }
    }

    @Override
    public void elected(String name, Plugin<SessionEngine> before, Plugin<SessionEngine> now) {
        engines.elected(name, before, now);
        due = due && !engines.isWanted();
    }

    @Override
    public void close() {
        engines.close();
    }
}

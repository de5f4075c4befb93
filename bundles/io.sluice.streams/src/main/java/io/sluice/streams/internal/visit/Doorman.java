package io.sluice.streams.internal.visit;

import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.Admitted;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.SessionEngine.Collation;
import io.sluice.streams.internal.media.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final Logger LOG = LoggerFactory.getLogger(Doorman.class);
    /** For an engine to put down its state while its bundle stops. */
    private static final long CLOSE_SECONDS = 5;
    private static final long COMPLAIN_NANOS = 1_000_000_000L;

    private final Ledger ledger;
    private final Loops loops;
    private final Clock clock;
    private final BooleanSupplier open;
    private final LongSupplier waitMillis;
    private final Set<Entry> pending = ConcurrentHashMap.newKeySet();
    private CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);
    private volatile Plugin<SessionEngine> wanted;
    private volatile Working working;
    private volatile boolean due;
    private long complainedNanos;
    private long silent = -1;

    private record Working(Plugin<SessionEngine> plugin, AutoCloseable use, Collation collation) {
    }

    /**
     * @param open       whether who asks while nobody answers is let in
     * @param waitMillis for an answer
     */
    public Doorman(Ledger ledger, Loops loops, Clock clock, BooleanSupplier open, LongSupplier waitMillis) {
        this.ledger = ledger;
        this.loops = loops;
        this.clock = clock;
        this.open = open;
        this.waitMillis = waitMillis;
    }

    // ---- questions

    /** Names of headers that the engine wants to be told. */
    public Set<String> headers() {
        Working now = working;
        try {
            Set<String> names = now == null ? null : now.collation.headers();
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
        Working now = working;
        if (now != null) {
            entry.ask(now.collation);
        } else if (wanted == null && !due) {
            entry.byPolicy("the session engine is away");
        }
    }

    /**
     * Whether the first engine is still to come, as the server starts: who asks waits for it. Nothing once there was one.
     *
     * @param is false when it has had its time; then the policy counts
     */
    public void due(boolean is) {
        due = is && wanted == null;
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

    // ---- elections

    @Override
    public void elected(String name, Plugin<SessionEngine> before, Plugin<SessionEngine> now) {
        if (!name.equals(SessionEngine.NAME)) {
            LOG.warn("{} offers a session engine by the name {}: the one that is asked is called {}", (now == null ? before : now).bundle(), name, SessionEngine.NAME);
            return;
        }
        if (now != null && !now.bundle().startsWith(BUNDLE + " ")) {
            LOG.warn("{} offers a session engine: it is not asked, as only {} may decide who gets in", now.bundle(), BUNDLE);
        }
        change(now != null && now.bundle().startsWith(BUNDLE + " ") ? now : null);
    }

    private void change(Plugin<SessionEngine> next) {
        CompletableFuture<Void> mine;
        synchronized (this) {
            wanted = next;
            due = due && next == null;
            Working gone = working;
            working = null;
            turn = turn.thenRunAsync(() -> {
                close(gone);
                begin(next);
            }, loops.workers()).exceptionally(e -> {
                LOG.error("a change of the session engine failed", e);
                return null;
            });
            mine = turn;
        }
        if (next == null) {
            await(mine);
        }
    }

    /** Its objects are alive only as long as the call of the election lasts. */
    private static void await(CompletableFuture<Void> closed) {
        try {
            closed.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("the session engine has not put down its state within {} s", CLOSE_SECONDS);
        } catch (ExecutionException e) {
            LOG.error("the session engine could not be closed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Working gone) {
        if (gone == null) {
            return;
        }
        try {
            gone.collation.close();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("{} failed at its close; what it knew beside the core's own counts may be lost", gone.plugin.bundle(), e);
        }
        release(gone.use);
    }

    private static void release(AutoCloseable use) {
        try {
            use.close();
        } catch (Exception e) {
            LOG.warn("letting go of the session engine failed", e);
        }
    }

    private void begin(Plugin<SessionEngine> next) {
        if (next != null && next == wanted) {
            AutoCloseable use = next.use();
            try {
                Collation collation = Objects.requireNonNull(next.service().begin(ledger), "begin answered null");
                working(new Working(next, use, collation));
            } catch (RuntimeException | LinkageError e) {
                LOG.error("{} cannot begin", next.bundle(), e);
                release(use);
                failedToBegin(next);
            }
        }
        List.copyOf(pending).forEach(this::ask);
    }

    /** It may have been replaced while it began. */
    private void working(Working begun) {
        boolean late;
        synchronized (this) {
            late = wanted != begun.plugin;
            if (!late) {
                working = begun;
            }
        }
        if (late) {
            close(begun);
        } else {
            LOG.info("{} joins visits to sessions", begun.plugin.bundle());
        }
    }

    private synchronized void failedToBegin(Plugin<SessionEngine> which) {
        if (wanted == which) {
            wanted = null;
        }
    }

    @Override
    public void close() {
        change(null);
    }
}

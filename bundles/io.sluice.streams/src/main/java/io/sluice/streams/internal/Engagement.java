package io.sluice.streams.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the elected version of an engine work, if it is of the one bundle that may. Engines begin and close on a worker, one after another. From any thread.
 *
 * @param <E> the engine
 * @param <W> the engine at work; its close ends that
 */
public final class Engagement<E, W extends AutoCloseable> implements Plugins.Listener<E>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engagement.class);
    /** For an engine to put down its state while its bundle stops. */
    private static final long CLOSE_SECONDS = 5;

    private final Office office;
    private final Loops loops;
    private final Function<E, W> begin;
    private final Runnable changed;
    private CompletableFuture<Void> turn = CompletableFuture.completedFuture(null);
    private volatile Plugin<E> wanted;
    private volatile Working<E, W> working;

    /**
     * @param name   that the engine's service must have
     * @param bundle that may do it, any version
     * @param does   what it does, for the log: "joins visits to sessions"
     * @param may    why no other may: "decide who gets in"
     */
    public record Office(String name, String bundle, String does, String may) {
        private boolean isOf(Plugin<?> plugin) {
            return plugin.bundle().startsWith(bundle + " ");
        }
    }

    private record Working<E, W>(Plugin<E> plugin, AutoCloseable use, W work) {
    }

    /** @param changed called on a worker after each change */
    public Engagement(Office office, Loops loops, Function<E, W> begin, Runnable changed) {
        this.office = office;
        this.loops = loops;
        this.begin = begin;
        this.changed = changed;
    }

    /** Null while none works. */
    public W work() {
        Working<E, W> now = working;
        return now == null ? null : now.work;
    }

    /** One works, or is about to. */
    public boolean isWanted() {
        return wanted != null;
    }

    @Override
    public void elected(String name, Plugin<E> before, Plugin<E> now) {
        if (!name.equals(office.name)) {
            LOG.warn("{} offers an engine by the name {}: the one that is asked is called {}", (now == null ? before : now).bundle(), name, office.name);
            return;
        }
        if (now != null && !office.isOf(now)) {
            LOG.warn("{} offers the engine {}: it is not asked, as only {} may {}", now.bundle(), name, office.bundle, office.may);
        }
        change(now != null && office.isOf(now) ? now : null);
    }

    private void change(Plugin<E> next) {
        CompletableFuture<Void> mine;
        synchronized (this) {
            wanted = next;
            Working<E, W> gone = working;
            working = null;
            turn = turn.thenRunAsync(() -> {
                close(gone);
                begin(next);
            }, loops.workers()).exceptionally(e -> {
                LOG.error("a change of the engine {} failed", office.name, e);
                return null;
            });
            mine = turn;
        }
        if (next == null) {
            await(mine);
        }
    }

    /** Its objects are alive only as long as the call of the election lasts. */
    private void await(CompletableFuture<Void> closed) {
        try {
            closed.get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("the engine {} has not put down its state within {} s", office.name, CLOSE_SECONDS);
        } catch (ExecutionException e) {
            LOG.error("the engine {} could not be closed", office.name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void close(Working<E, W> gone) {
        if (gone == null) {
            return;
        }
        try {
            gone.work.close();
        } catch (Exception | LinkageError e) {
            LOG.error("{} failed at its close; what it knew beside the core's own counts may be lost", gone.plugin.bundle(), e);
        }
        release(gone.use);
    }

    private void release(AutoCloseable use) {
        try {
            use.close();
        } catch (Exception e) {
            LOG.warn("letting go of the engine {} failed", office.name, e);
        }
    }

    private void begin(Plugin<E> next) {
        if (next != null && next == wanted) {
            AutoCloseable use = next.use();
            try {
                working(new Working<>(next, use, Objects.requireNonNull(begin.apply(next.service()), "begin answered null")));
            } catch (RuntimeException | LinkageError e) {
                LOG.error("{} cannot begin", next.bundle(), e);
                release(use);
                failedToBegin(next);
            }
        }
        changed.run();
    }

    /** It may have been replaced while it began. */
    private void working(Working<E, W> begun) {
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
            LOG.info("{} {}", begun.plugin.bundle(), office.does);
        }
    }

    private synchronized void failedToBegin(Plugin<E> which) {
        if (wanted == which) {
            wanted = null;
        }
    }

    @Override
    public void close() {
        change(null);
    }
}

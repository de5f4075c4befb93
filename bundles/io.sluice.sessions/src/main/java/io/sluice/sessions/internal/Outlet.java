package io.sluice.sessions.internal;

import io.sluice.api.session.Session;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands ended sessions on, one after another on a thread of its own, so that a slow disk or listener holds up nobody but itself. */
public final class Outlet implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outlet.class);
    /** Every session of a full server, ended in one second. */
    private static final int WAITING = 100_000;
    private final List<Consumer<Session>> listeners = new CopyOnWriteArrayList<>();
    private final Complaint dropped = new Complaint();
    private final Complaint failed = new Complaint();
    private final ThreadPoolExecutor thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
        Thread t = new Thread(task, "sluice-sessions-ended");
        t.setDaemon(true);
        return t;
    }, (task, executor) -> drop());

    public Outlet() {
        thread.allowCoreThreadTimeOut(true);
    }

    private void drop() {
        dropped.say(System.nanoTime(), hidden -> LOG.warn("ended sessions are told more slowly than they end: {} are not told", hidden + 1));
    }

    AutoCloseable onEnded(Consumer<Session> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    void ended(Session session) {
        thread.execute(() -> listeners.forEach(l -> tell(l, session)));
    }

    /** Something else that is to happen after what was told before. */
    void then(Runnable task) {
        thread.execute(task);
    }

    private void tell(Consumer<Session> listener, Session session) {
        try {
            listener.accept(session);
        } catch (RuntimeException e) {
            failed.say(System.nanoTime(), hidden -> LOG.warn("a listener failed at session {} ({} times more)", session.id(), hidden, e));
        }
    }

    /** Waits a moment for what is on its way. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                LOG.warn("{} ended sessions were not told", thread.shutdownNow().size());
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

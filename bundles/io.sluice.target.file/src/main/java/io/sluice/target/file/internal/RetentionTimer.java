package io.sluice.target.file.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.push.PushTarget;
import io.sluice.target.file.internal.retention.Retention;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Looks for old recordings each minute and after each recording, while this version of the bundle is the elected one. Any thread. */
final class RetentionTimer implements AutoCloseable {
    private static final long EACH_MILLIS = 60_000;

    private final Loops loops;
    private final PushTarget mine;
    private final AtomicBoolean running = new AtomicBoolean();
    private final AutoCloseable listening;
    private volatile Retention retention;
    private volatile boolean elected;
    private ScheduledFuture<?> timer;

    RetentionTimer(Loops loops, Plugins plugins, PushTarget mine) {
        this.loops = loops;
        this.mine = mine;
        this.listening = plugins.listen(PushTarget.class, this::elected);
    }

    void use(Retention now) {
        retention = now;
        soon();
    }

    private synchronized void elected(String name, Plugin<PushTarget> before, Plugin<PushTarget> now) {
        if (!name.equals("file")) {
            return;
        }
        elected = now != null && now.service() == mine;
        if (elected && timer == null) {
            timer = loops.next().scheduleWithFixedDelay(this::soon, 0, EACH_MILLIS, TimeUnit.MILLISECONDS);
        } else if (!elected) {
            cancel();
        }
    }

    /** A run that is due while one is running is left out: that one sees what it would. */
    void soon() {
        if (!elected || !running.compareAndSet(false, true)) {
            return;
        }
        try {
            loops.workers().execute(() -> {
                try {
                    retention.run();
                } finally {
                    running.set(false);
                }
            });
        } catch (RejectedExecutionException e) {
            running.set(false); // the next minute tries again
        }
    }

    private synchronized void cancel() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    @Override
    public void close() throws IllegalStateException {
        elected = false;
        cancel();
        try {
            listening.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

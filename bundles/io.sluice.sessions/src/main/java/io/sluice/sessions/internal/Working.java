package io.sluice.sessions.internal;

import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.Admitted;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.Sessions;
import io.sluice.api.session.Visit;
import io.sluice.api.session.Visits;
import io.sluice.sessions.internal.limit.Limit;
import io.sluice.sessions.internal.tell.AccessLog;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine with its clock: one thread that collates once a second, and the service {@link Sessions} as long as it works. */
final class Working implements SessionEngine.Collation {
    private static final Logger LOG = LoggerFactory.getLogger(Working.class);
    private static final long SECOND_MILLIS = 1000;
    private final ScheduledThreadPoolExecutor collating;
    private final BooleanSupplier serverStops;
    private final Runnable ended;
    private final AtomicBoolean over = new AtomicBoolean();
    private final Engine engine;
    private volatile boolean begun;
    private ServiceRegistration<Sessions> service;

    private Working(Visits visits, Plugins plugins, Settings settings, AccessLog accessLog, Collection<Limit> limits, BooleanSupplier serverStops,
        Runnable ended) {
        this.serverStops = serverStops;
        this.ended = ended;
        collating = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "sluice-sessions");
            thread.setDaemon(true);
            return thread;
        });
        collating.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        engine = new Engine(visits, plugins, settings, accessLog, limits, System::currentTimeMillis, this::soon);
    }

    static Working begin(Visits visits, Plugins plugins, Settings settings, AccessLog accessLog, Collection<Limit> limits, BundleContext context, Runnable ended) {
        Bundle framework = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
        Working working = new Working(visits, plugins, settings, accessLog, limits, () -> framework.getState() == Bundle.STOPPING, ended);
        working.begun = true;
        working.collating.scheduleWithFixedDelay(working::collate, 0, SECOND_MILLIS, TimeUnit.MILLISECONDS);
        working.service = context.registerService(Sessions.class, working.engine.directory(), FrameworkUtil.asDictionary(Map.of(Plugins.REPLACEABLE, true)));
        return working;
    }

    Engine engine() {
        return engine;
    }

    /** Before it has begun there is nothing to do: the first collation sees everything. */
    private void soon(Runnable task) {
        if (begun && !over.get()) {
            collating.execute(() -> guarded(task));
        }
    }

    private void collate() {
        guarded(engine::collate);
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("collating the sessions failed; it goes on", e);
        }
    }

    @Override
    public CompletionStage<Admitted> enter(Visit visit) {
        return engine.enter(visit);
    }

    @Override
    public Set<String> headers() {
        return engine.headers();
    }

    @Override
    public void close() {
        if (over.compareAndSet(false, true)) {
            try {
                service.unregister();
            } catch (IllegalStateException e) {
                LOG.debug("the bundle's services went before it");
            }
            collating.shutdown();
            engine.close(serverStops.getAsBoolean());
            ended.run();
        }
    }
}

package io.sluice.streams.internal.event;

import io.sluice.api.trigger.TriggerAnswer;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The start and the stop of the server as a whole. From any thread. */
public final class SystemEvents {
    private static final Logger LOG = LoggerFactory.getLogger(SystemEvents.class);
    /** A stop waits so long for those who want to know. */
    private static final long STOP_SECONDS = 3;

    private final Events events;
    private final BundleContext context;
    private final AtomicBoolean started = new AtomicBoolean();

    public SystemEvents(Events events, BundleContext context) {
        this.events = events;
        this.context = context;
    }

    /** The engine of triggers is there: SYSTEM_START, the first time. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            events.ask("SYSTEM_START", "", "version", context.getBundle().getVersion().toString()).thenAccept(this::started);
        }
    }

    private void started(TriggerAnswer answer) {
        if (answer.yes()) {
            return;
        }
        LOG.error("the trigger SYSTEM_START says no ({}): the server stops", answer.handler());
        try {
            context.getBundle(Constants.SYSTEM_BUNDLE_ID).stop();
        } catch (BundleException e) {
            LOG.error("the server does not stop", e);
        }
    }

    /** SYSTEM_STOP, while those who answer are still there. The framework has begun to stop by then: a no cannot hold it. */
    public void stop(String reason) {
        if (!events.wants("SYSTEM_STOP", "")) {
            return;
        }
        try {
            if (!events.ask("SYSTEM_STOP", "", "reason", reason).get(STOP_SECONDS, TimeUnit.SECONDS).yes()) {
                LOG.warn("the trigger SYSTEM_STOP says no, but the framework is stopping already");
            }
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("SYSTEM_STOP was not answered within {} s", STOP_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

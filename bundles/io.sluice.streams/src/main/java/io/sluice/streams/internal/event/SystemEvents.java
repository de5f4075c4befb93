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
    /** Longer than a trigger's usual time-out. */
    private static final long QUESTION_SECONDS = 15;

    private final Events events;
    private final BundleContext context;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopAsked = new AtomicBoolean();

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

    /** SYSTEM_STOP: may the server stop? Waits for the answer; one that does not come is a yes. For the launcher, when a signal came. */
    public boolean mayStop(String reason) {
        stopAsked.set(true);
        boolean may = stop(reason, QUESTION_SECONDS);
        if (!may) {
            stopAsked.set(false);
            LOG.warn("the trigger SYSTEM_STOP says no: the server goes on");
        }
        return may;
    }

    /** SYSTEM_STOP, where nobody asked before, while those who hear it are still there. The framework has begun to stop by then: a no cannot hold it. */
    public void stopping(String reason) {
        if (!stopAsked.get() && !stop(reason, STOP_SECONDS)) {
            LOG.warn("the trigger SYSTEM_STOP says no, but the framework is stopping already");
        }
    }

    private boolean stop(String reason, long seconds) {
        try {
            return !events.wants("SYSTEM_STOP", "") || events.ask("SYSTEM_STOP", "", "reason", reason).get(seconds, TimeUnit.SECONDS).yes();
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("SYSTEM_STOP was not answered within {} s", seconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}

package io.sluice.admin.welcome.internal;

import io.sluice.api.net.Connections;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.Streams;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Prints what to do first, once: as soon as everything works, or after 3 to 10 s with what is wrong. Needs nothing to be there, since it has to say what is not. Not through the
 * log: the key and the first password belong on the terminal of whoever started the server, and nowhere else.
 */
@Component(immediate = true)
public final class Welcome {
    /** The launcher leaves the password that it made here. */
    static final String FIRST_PASSWORD = "sluice.admin.firstPassword";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A listener tries again every 2 s: a port that a stopping server leaves is no problem to report. */
    private static final long SECOND_TRY_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long AGAIN_MILLIS = 100;

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Connections connections;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Streams streams;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile ConfigurationAdmin configurations;
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile Plugins plugins;

    private final FactFinder finder;
    private final Thread thread;

    @Activate
    public Welcome(BundleContext context) {
        String firstPassword = System.clearProperty(FIRST_PASSWORD);
        finder = new FactFinder(context, () -> connections, () -> streams, () -> configurations, () -> plugins, firstPassword == null ? "" : firstPassword);
        thread = new Thread(this::waitAndPrint, "sluice-welcome");
        thread.setDaemon(true);
    }

    @Activate
    void start() {
        thread.start();
    }

    @Deactivate
    void stop() {
        thread.interrupt();
    }

    private void waitAndPrint() {
        long begun = System.nanoTime();
        try {
            Facts facts = finder.now();
            while (!finder.well(facts) && System.nanoTime() - begun < (finder.answered(facts) ? SECOND_TRY_NANOS : PATIENCE_NANOS)) {
                TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
                facts = finder.now();
            }
            System.out.print(WelcomeText.of(facts));
            System.out.flush();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

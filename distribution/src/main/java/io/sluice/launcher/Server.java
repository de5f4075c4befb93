package io.sluice.launcher;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.launch.FrameworkFactory;
import org.osgi.framework.startlevel.FrameworkStartLevel;

/** The framework from its first moment to its last. */
final class Server {
    private static final int LAST_START_LEVEL = 100;
    /** Beyond the time that players and files have: bundles that only tidy up. */
    private static final long TIDY_MILLIS = 5_000;

    private final Home home;
    private final Map<String, String> properties;
    private final Fingerprint fingerprint;

    Server(Home home, Map<String, String> properties) throws IOException {
        this.home = home;
        this.properties = new HashMap<>(properties);
        this.fingerprint = Fingerprint.of(home);
        this.properties.put(Constants.FRAMEWORK_STORAGE, home.data().resolve("cache").toString());
        this.properties.put(Constants.FRAMEWORK_BEGINNING_STARTLEVEL, "1");
    }

    /** @return the process's exit code, once the framework has ended by itself */
    int run() throws Exception {
        long begun = System.nanoTime();
        long stopMillis = TimeUnit.SECONDS.toMillis(Long.parseLong(properties.get("sluice.stop.seconds"))) + TIDY_MILLIS;
        Framework framework = openCache();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(framework, stopMillis), "sluice-stop"));
        StopSignals.handle(framework.getBundleContext());
        StartReport report = new StartReport();
        framework.getBundleContext().addFrameworkListener(report);
        framework.start();
        framework.adapt(FrameworkStartLevel.class).setStartLevel(LAST_START_LEVEL, reached -> report.print(framework, begun));
        FrameworkEvent end = framework.waitForStop(0);
        return end.getType() == FrameworkEvent.ERROR ? Main.FAILED : Main.OK;
    }

    /** The cache of the last run if it belongs to this installation and is whole, else a fresh one. */
    private Framework openCache() throws IOException, BundleException {
        if (fingerprint.unchanged()) {
            try {
                return initialised();
            } catch (BundleException e) {
                System.err.println("sluice: the cache in " + home.data().resolve("cache") + " cannot be read, a fresh one is made: " + e.getMessage());
            }
        }
        fingerprint.forget();
        Home.deleteTree(home.data().resolve("cache"));
        Framework framework = initialised();
        new SystemBundles(home.system()).install(framework.getBundleContext());
        fingerprint.record();
        return framework;
    }

    private Framework initialised() throws BundleException {
        Framework framework = ServiceLoader.load(FrameworkFactory.class).findFirst().orElseThrow().newFramework(properties);
        framework.init();
        return framework;
    }

    /** On a signal, or when the framework has already ended by itself. Halts, or the JVM would report the signal instead of how the stop went. */
    static void stop(Framework framework, long stopMillis) {
        if ((framework.getState() & (Framework.ACTIVE | Framework.STARTING | Framework.STOPPING)) == 0) {
            return;
        }
        StopLimit.begin(stopMillis, () -> {
            System.err.println("sluice: not stopped within " + stopMillis / 1000 + " s, ended anyway");
            Runtime.getRuntime().halt(Main.STUCK);
        });
        try {
            framework.stop();
            framework.waitForStop(0);
            Runtime.getRuntime().halt(Main.OK);
        } catch (BundleException | InterruptedException e) {
            System.err.println("sluice: could not stop cleanly: " + e);
            Runtime.getRuntime().halt(Main.FAILED);
        }
    }
}

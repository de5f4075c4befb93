package io.sluice.launcher;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.FrameworkListener;
import org.osgi.framework.launch.Framework;

/** Which bundles did not start, and why. Told by the framework's event thread, read by the same when the last start level is reached. */
final class StartReport implements FrameworkListener {
    /** Plugins of deploy/ begin so, which the deployer starts when it elects them. */
    private static final String DEPLOYED = "sluice:plugin:";

    private final Map<Long, Throwable> failures = new ConcurrentHashMap<>();

    @Override
    public void frameworkEvent(FrameworkEvent event) {
        if (event.getType() == FrameworkEvent.ERROR && event.getThrowable() != null) {
            failures.put(event.getBundle().getBundleId(), event.getThrowable());
        }
    }

    void print(Framework framework, long begunNanos) {
        int down = 0;
        int others = 0;
        Bundle[] bundles = framework.getBundleContext().getBundles();
        for (Bundle bundle : bundles) {
            if (bundle.getLocation().startsWith(DEPLOYED)) {
                others++;
            } else if (bundle.getState() < Bundle.STARTING && !SystemBundles.isFragment(bundle)) {
                down++;
                System.err.println("sluice: " + bundle.getSymbolicName() + " " + bundle.getVersion() + " did not start: " + reason(bundle));
            }
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begunNanos);
        System.out.printf("Sluice %s: %d bundles started in %.1f s%s%n", Main.version(), bundles.length - down - others, millis / 1000.0,
            down == 0 ? "" : ", " + down + " did not");
    }

    private String reason(Bundle bundle) {
        Throwable failure = failures.get(bundle.getBundleId());
        if (failure == null) {
            return "no reason given";
        }
        Throwable cause = failure instanceof BundleException && failure.getCause() != null ? failure.getCause() : failure;
        return failure.getMessage() + (cause == failure ? "" : ": " + cause);
    }
}

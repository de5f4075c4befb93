package io.sluice.deploy.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.startlevel.FrameworkStartLevel;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the deployer does to bundles. Whatever runs their code runs on a thread of its own, up to the deadline. Called on the deployer's thread. */
final class Bundles {
    static final String LOCATION = "sluice:plugin:";
    private static final Logger LOG = LoggerFactory.getLogger(Bundles.class);
    /** Framework property: plugins of the installation are started at this level or before; without it, at any. */
    private static final String PLUGINS_LEVEL = "sluice.plugins.startlevel";
    private final BundleContext context;
    private final Deadline deadline;
    private final int pluginsLevel;
    private final Set<Long> hanging = ConcurrentHashMap.newKeySet();

    Bundles(BundleContext context, Deadline deadline) {
        this.context = context;
        this.deadline = deadline;
        String configured = context.getProperty(PLUGINS_LEVEL);
        pluginsLevel = configured == null ? Integer.MAX_VALUE : Integer.parseInt(configured.trim());
    }

    Bundle find(Candidate candidate) {
        return context.getBundle(candidate.bundleId());
    }

    boolean active(Candidate candidate) {
        Bundle b = find(candidate);
        return b != null && (b.getState() == Bundle.ACTIVE || b.getState() == Bundle.STARTING || fragment(b));
    }

    /** The framework is active, and none of its bundles still waits to be started: a launcher may raise the start level after the start. */
    boolean systemUp() {
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        int level = system.adapt(FrameworkStartLevel.class).getStartLevel();
        return system.getState() == Bundle.ACTIVE && Stream.of(context.getBundles()).noneMatch(b -> waits(b, level));
    }

    /** No plugin of the installation still waits to be started; what is started after them, such as a console, may. */
    boolean pluginsUp() {
        Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_ID);
        int level = system.adapt(FrameworkStartLevel.class).getStartLevel();
        return system.getState() == Bundle.ACTIVE && Stream.of(context.getBundles()).noneMatch(b -> b.adapt(BundleStartLevel.class).getStartLevel() <= pluginsLevel && waits(b, level));
    }

    private static boolean waits(Bundle bundle, int level) {
        BundleStartLevel own = bundle.adapt(BundleStartLevel.class);
        boolean idle = bundle.getState() == Bundle.INSTALLED || bundle.getState() == Bundle.RESOLVED;
        return idle && own != null && own.isPersistentlyStarted() && own.getStartLevel() >= level && !fragment(bundle);
    }

    /** Everything goes: nothing is to be elected any more. */
    boolean systemStops() {
        return context.getBundle(Constants.SYSTEM_BUNDLE_ID).getState() == Bundle.STOPPING;
    }

    /** Those that we installed, in this run or before. */
    List<Bundle> ours() {
        return Stream.of(context.getBundles()).filter(b -> b.getLocation().startsWith(LOCATION)).toList();
    }

    List<Bundle> named(String symbolicName) {
        return Stream.of(context.getBundles()).filter(b -> symbolicName.equals(b.getSymbolicName())).toList();
    }

    /** Installs from the copy; a bundle that is there already is used again. */
    Bundle install(Jar jar) throws Refusal {
        try (InputStream in = Files.newInputStream(jar.file())) {
            return context.installBundle(LOCATION + jar.sha256(), in);
        } catch (BundleException | IOException e) {
            throw new Refusal("it cannot be installed: " + e.getMessage());
        }
    }

    void start(Candidate candidate) throws Refusal {
        Bundle bundle = find(candidate);
        if (bundle == null) {
            throw new Refusal("its bundle was uninstalled");
        }
        if (fragment(bundle) || bundle.getState() == Bundle.ACTIVE) {
            return;
        }
        level(bundle);
        hanging.add(bundle.getBundleId());
        run("start of " + candidate, bundle, () -> {
            bundle.start(Bundle.START_TRANSIENT);
            return null;
        }, () -> abandon(bundle));
        candidate.started(true);
    }

    /** It came to an end after all, when nobody waited any more. */
    private void abandon(Bundle bundle) {
        try {
            bundle.uninstall();
        } catch (BundleException | IllegalStateException e) {
            LOG.debug("{} is gone already", bundle, e);
        } finally {
            hanging.remove(bundle.getBundleId());
        }
    }

    /** Never above ours: then it runs as soon as we do, and until after those that started later have stopped. */
    private void level(Bundle bundle) {
        int own = Math.max(1, context.getBundle().adapt(BundleStartLevel.class).getStartLevel());
        BundleStartLevel level = bundle.adapt(BundleStartLevel.class);
        if (level.getStartLevel() != own) {
            level.setStartLevel(own);
        }
    }

    /** Gets the object of each offer; tries all before it complains of the first that failed. */
    void hold(Candidate candidate) throws Refusal {
        Refusal first = null;
        for (Offer offer : candidate.offers()) {
            try {
                if (!offer.held()) {
                    run("activation of " + offer, find(candidate), () -> {
                        offer.hold(context);
                        return null;
                    }, () -> offer.release(context));
                }
            } catch (Refusal e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    void release(Candidate candidate) {
        candidate.forgetSpent();
        candidate.offers().forEach(o -> o.release(context));
    }

    void stop(Candidate candidate) {
        Bundle bundle = find(candidate);
        candidate.started(false);
        end("stop of " + candidate, bundle, () -> bundle.stop(Bundle.STOP_TRANSIENT));
    }

    /** Stops and uninstalls; nothing of ours refers to it afterwards. */
    void remove(Candidate candidate) {
        Bundle bundle = find(candidate);
        end("removal of " + candidate, bundle, () -> {
            bundle.uninstall();
            FrameworkWiring wiring = context.getBundle(Constants.SYSTEM_BUNDLE_ID).adapt(FrameworkWiring.class);
            Collection<Bundle> users = wiring.getDependencyClosure(List.of(bundle));
            if (users.size() <= 1) {
                wiring.refreshBundles(List.of(bundle));
            } else {
                LOG.info("{} is uninstalled, but its packages are in use by {}: they keep its classes until they restart", candidate, users);
            }
        });
    }

    private interface Ending {
        void run() throws BundleException;
    }

    private void end(String what, Bundle bundle, Ending ending) {
        if (bundle == null || hanging.contains(bundle.getBundleId())) {
            return;
        }
        try {
            run(what, bundle, () -> {
                ending.run();
                return null;
            }, () -> LOG.info("{} came to its end late", what));
        } catch (Refusal e) {
            LOG.warn("{}: {}", what, e.getMessage());
        }
    }

    private void run(String what, Bundle bundle, Callable<Void> code, Runnable late) throws Refusal {
        try {
            deadline.call(what, code, late);
            hanging.remove(bundle.getBundleId());
        } catch (Refusal e) {
            throw e;
        } catch (BundleException e) {
            hanging.remove(bundle.getBundleId());
            LOG.debug("{} failed", what, e);
            throw refusal(bundle, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(what + " was interrupted: the server stops");
        } catch (Exception e) {
            hanging.remove(bundle.getBundleId());
            LOG.debug("{} failed", what, e);
            throw new Refusal(what + " failed: " + e);
        }
    }

    private Refusal refusal(Bundle bundle, BundleException e) {
        if (e.getType() == BundleException.RESOLVE_ERROR) {
            return new Refusal(Unresolved.explain(bundle, context, e.getMessage()), true);
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new Refusal(e.getType() == BundleException.ACTIVATOR_ERROR ? "its activator failed: " + cause : "it cannot be started: " + e.getMessage());
    }

    static boolean fragment(Bundle bundle) {
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        return revision != null && (revision.getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
    }

    /** Its manifest promises services of the contract. */
    boolean announces(Candidate candidate) {
        List<BundleCapability> promises = find(candidate).adapt(BundleRevision.class).getDeclaredCapabilities("osgi.service");
        return promises.stream().map(c -> c.getAttributes().get(Constants.OBJECTCLASS))
            .flatMap(o -> o instanceof Collection<?> list ? list.stream() : Stream.ofNullable(o)).anyMatch(o -> o.toString().startsWith(OfferTracker.CONTRACT));
    }

    /** It registered some service of the contract, plugin or not. */
    boolean serves(Bundle bundle) {
        ServiceReference<?>[] services = bundle.getRegisteredServices();
        return services != null && Stream.of(services).flatMap(r -> Stream.of((String[]) r.getProperty(Constants.OBJECTCLASS)))
            .anyMatch(n -> n.startsWith(OfferTracker.CONTRACT));
    }
}

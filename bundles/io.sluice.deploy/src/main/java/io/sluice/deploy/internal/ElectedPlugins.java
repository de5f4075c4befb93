package io.sluice.deploy.internal;

import io.sluice.api.plugin.Plugins;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The deployer as others see it, and its thread: everything that changes something happens there, one after another. */
final class ElectedPlugins implements Plugins, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ElectedPlugins.class);
    /** The framework is asked so often whether it is up. */
    private static final long BOOT_POLL_MILLIS = 20;
    /** Somebody who elects waits for a deployment before his, and for his own. */
    private static final long ELECT_SECONDS = 60;
    /** A deployment under way may end when the server stops; one that waits for a plugin is broken off. */
    private static final long STOP_MILLIS = 1_000;
    private final ScheduledThreadPoolExecutor thread;
    private final Bundles bundles;
    private final Candidates candidates;
    private final Ballot ballot;
    private final Memory memory;
    private final JarStore store;
    private final OfferTracker tracker;
    private final Election election;
    private final Deployer deployer;
    private final FolderWatch watch;
    private final AtomicBoolean lookComes = new AtomicBoolean();
    private volatile boolean booted;

    /** Installs what deploy/ held before, begins to listen to services, and elects once the plugins of the installation are up. */
    ElectedPlugins(BundleContext context, Path home, Settings settings, Reserved reserved) throws IOException {
        ballot = new Ballot(reserved);
        thread = new ScheduledThreadPoolExecutor(1, r -> {
            Thread t = new Thread(r, "sluice-deploy");
            t.setDaemon(true);
            return t;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.prestartCoreThread();
        DropFolder folder = new DropFolder(home.resolve("deploy"), System::nanoTime);
        Path plugins = home.resolve("data").resolve("plugins");
        store = new JarStore(plugins);
        memory = new Memory(plugins.resolve("elected.properties"));
        bundles = new Bundles(context, new Deadline(settings.prepareMillis()));
        candidates = new Candidates(this::idle);
        tracker = new OfferTracker(context, candidates, ballot, this::changed);
        election = new Election(bundles, candidates, ballot, tracker, memory, thread, settings, reserved);
        deployer = new Deployer(folder, store, memory, bundles, candidates, election, new Core(context), reserved);
        deployer.restore();
        tracker.open();
        boot(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.bootMillis()));
        watch = new FolderWatch(folder.path(), settings.pollMillis(), folder::unsettled, this::look);
    }

    private void boot(long untilNanos) {
        run(() -> {
            if (bundles.pluginsUp() || System.nanoTime() - untilNanos >= 0) {
                booted = true;
                run(deployer::elect);
                run(() -> deployer.look(true));
            } else {
                thread.schedule(() -> boot(untilNanos), BOOT_POLL_MILLIS, TimeUnit.MILLISECONDS);
            }
        });
    }

    private void look() {
        if (booted && lookComes.compareAndSet(false, true)) {
            run(() -> {
                lookComes.set(false);
                deployer.look(false);
            });
        }
    }

    private void changed(String symbolicName) {
        if (booted && !bundles.systemStops()) {
            run(() -> election.reconsider(symbolicName));
        }
    }

    /** Of the elected one this is the ordinary case, and there is nothing to do. */
    private void idle(Candidate candidate) {
        if (!ballot.isElected(candidate) || candidate.hasSpent()) {
            run(() -> election.idle(candidate));
        }
    }

    private void run(Runnable task) {
        if (!thread.isShutdown()) {
            thread.execute(() -> {
                try {
                    task.run();
                } catch (RuntimeException | LinkageError e) {
                    if (!thread.isShutdown()) {
                        LOG.error("a deployment failed; what was elected stays", e);
                    }
                }
            });
        }
    }

    @Override
    public <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
        return ballot.listen(type, listener);
    }

    @Override
    public void elect(String sha256) {
        if (sha256 == null || !sha256.matches("[0-9a-f]{4,64}")) {
            throw new IllegalArgumentException("'" + sha256 + "' is no beginning of a jar's SHA-256: 4 to 64 of 0-9 and a-f are wanted; sluice:plugins lists them");
        }
        try {
            thread.submit(() -> {
                electNow(sha256);
                return null;
            }).get(ELECT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Refusal r ? new IllegalArgumentException(r.getMessage()) : new IllegalStateException(e.getCause().toString());
        } catch (TimeoutException e) {
            throw new IllegalStateException("another deployment is still under way; this one follows");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the hand-over");
        }
    }

    private void electNow(String beginning) throws Refusal, IOException {
        Set<String> hits = new TreeSet<>();
        candidates.all().forEach(c -> hits.add(c.sha256()));
        hits.addAll(memory.rejected().keySet());
        hits.addAll(store.hashes());
        hits.removeIf(h -> !h.startsWith(beginning));
        if (hits.size() != 1) {
            throw new Refusal((hits.isEmpty() ? "no version" : "more than one version") + " has a hash that begins with " + beginning + "; sluice:plugins lists them");
        }
        String sha = hits.iterator().next();
        Candidate candidate = candidates.withHash(sha);
        if (candidate == null) {
            deployer.revive(sha);
            return;
        }
        deployer.keep(candidate);
        if (!ballot.isElected(candidate)) {
            election.promote(candidate, true);
        }
        memory.elected(candidate.symbolicName(), sha);
    }

    @Override
    public List<Info> list() {
        List<Info> out = new ArrayList<>();
        for (Candidate c : candidates.all()) {
            if (!c.system() || !c.offers().isEmpty() || ballot.isElected(c) || c.refused() != null) {
                State state = state(c);
                out.add(new Info(c.symbolicName(), c.version().toString(), c.sha256(), c.origin(), state, reason(c, state), c.offerNames(), c.uses()));
            }
        }
        memory.rejected().values().stream().filter(r -> candidates.withHash(r.sha256()) == null).forEach(r ->
            out.add(new Info(r.bundle(), r.version(), r.sha256(), r.file(), State.REJECTED, r.reason(), List.of(), 0)));
        out.sort(Comparator.comparing(Info::bundle).thenComparing(Info::state).thenComparing(Info::version));
        return out;
    }

    private State state(Candidate c) {
        if (ballot.isElected(c)) {
            return State.ELECTED;
        }
        if (c.refused() != null) {
            return State.REJECTED;
        }
        return c.withdrawn() || c.uses() > 0 ? State.DRAINING : State.STANDBY;
    }

    private String reason(Candidate c, State state) {
        Candidate elected = ballot.elected(c.symbolicName());
        String instead = elected == null ? "nothing is elected" : elected.version() + " (" + elected.origin() + ") is elected";
        return switch (state) {
            case REJECTED -> c.refused();
            case DRAINING -> c.uses() + " uses still run its code" + (c.overdue() ? " although the drain time is over" : "") + "; " + instead
                + (c.withdrawn() ? "; its jar is gone from deploy/" : "");
            case STANDBY -> c.note().isEmpty() ? instead : c.note();
            case ELECTED -> {
                StringBuilder s = new StringBuilder(c.note());
                c.clashes().forEach((key, owner) -> s.append(s.isEmpty() ? "" : "; ").append("its ").append(key).append(" is not used: ").append(owner).append(" has that name"));
                yield s.toString();
            }
        };
    }

    @Override
    public void close() throws IOException {
        booted = false;
        watch.close();
        tracker.close();
        thread.getQueue().clear();
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

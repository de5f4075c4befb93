package io.sluice.pushes.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushEntry;
import io.sluice.api.push.PushTrigger;
import io.sluice.api.push.Pushes;
import io.sluice.api.stream.Streams;
import io.sluice.api.variable.Variables;
import io.sluice.pushes.internal.run.Plans;
import io.sluice.pushes.internal.sense.Sensors;
import io.sluice.pushes.internal.sense.Triggers;
import io.sluice.pushes.internal.time.EngineThread;
import io.sluice.pushes.internal.time.WallClock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An engine while it works: its threads, what it listens to, and the service {@link Pushes}. */
final class Working implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Working.class);
    private static final long HAND_OVER_SECONDS = 5;
    private final House house;
    private final Outputs outputs;
    private final EngineThread thread = new EngineThread();
    private final ThreadPoolExecutor disk = disk();
    private final WallClock clock = new WallClock(thread);
    private final Expander expander = new Expander();
    private final Triggers triggers = new Triggers();
    private final Sensors sensors = new Sensors(thread);
    private final Plans plans;
    private final Directory directory;
    private final List<AutoCloseable> links = new ArrayList<>();
    private volatile boolean over;

    /** Where an engine works. */
    record House(BundleContext context, Plugins plugins, Streams streams, Store store) {
        Entry read(PushEntry entry) {
            return Entry.of(entry, name -> streams.info(name).name());
        }
    }

    Working(House house, Outputs outputs, Settings settings) {
        this.house = house;
        this.outputs = outputs;
        plans = new Plans(thread, clock, outputs, house.streams(), sensors, expander::expand, settings, this::passed);
        directory = new Directory(house, outputs, plans, thread, new Preview(triggers, outputs, expander::expand, clock));
    }

    private static ThreadPoolExecutor disk() {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
            Thread thread = new Thread(task, "sluice-pushes-disk");
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.DiscardPolicy());
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Triggers come first, so that a rule finds them; what changes while entries are read is told after them. */
    void start() {
        links.add(house.plugins().listen(Variables.class, expander));
        links.add(house.plugins().listen(PushTrigger.class, triggers));
        links.add(house.plugins().listen(PushTrigger.class, this::elected));
        links.add(outputs.listen(output -> {
            directory.told(output);
            thread.execute(() -> plans.told(output));
        }));
        thread.execute(() -> house.streams().list().forEach(s -> plans.streamIs(s.name(), s.state())));
        links.add(house.streams().listen(s -> thread.execute(() -> plans.streamIs(s.name(), s.state()))));
        links.add(new StoreWatch(house.context(), house.store(), disk, this::configured));
        List<Entry> entries = entries();
        thread.execute(() -> plans.begin(entries));
        ServiceRegistration<Pushes> service = house.context().registerService(Pushes.class, directory, FrameworkUtil.asDictionary(Map.of(Plugins.REPLACEABLE, true)));
        links.add(0, () -> unregister(service));
    }

    private static void unregister(ServiceRegistration<Pushes> service) {
        try {
            service.unregister();
        } catch (IllegalStateException e) {
            LOG.debug("the bundle's services went before it");
        }
    }

    /** Null where they cannot be read. */
    private List<Entry> entries() {
        try {
            List<Entry> read = house.store().all().stream().map(house::read).toList();
            LOG.info("{} pushes are configured", read.size());
            return read;
        } catch (IOException | IllegalStateException e) {
            LOG.error("the configurations of pushes cannot be read; what runs goes on: {}", e.toString());
            return null;
        }
    }

    private void configured(String name, PushEntry entry) {
        Entry read = entry == null ? null : house.read(entry);
        if (read != null && !read.problem().isEmpty()) {
            LOG.warn("the push {} is never on: {}", name, read.problem());
        }
        thread.execute(() -> {
            if (read == null) {
                plans.removed(name);
            } else {
                plans.configured(read);
            }
        });
    }

    private void elected(String type, Plugin<PushTrigger> before, Plugin<PushTrigger> now) {
        if (over) {
            return;
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            sensors.elected(type, now);
            done.complete(null);
        });
        try {
            done.orTimeout(HAND_OVER_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            throw new IllegalStateException("the pushes did not let go of " + before + " within " + HAND_OVER_SECONDS + " s", e);
        }
    }

    /** An entry's time has passed. It may have been edited meanwhile: then it stays. */
    private void passed(Entry entry) {
        disk.execute(() -> {
            try {
                PushEntry now = house.store().read(entry.name(), false);
                if (entry.config().equals(now)) {
                    house.store().delete(entry.name());
                    LOG.info("push {} is over since {} and was deleted", entry.name(), entry.config().until());
                }
            } catch (IOException | IllegalStateException e) {
                LOG.error("push {} is over and cannot be deleted: {}", entry.name(), e.toString());
            }
        });
    }

    void settings(Settings settings) {
        thread.execute(() -> plans.settings(settings));
    }

    /** Ends the work and no push. */
    @Override
    public void close() {
        over = true;
        for (AutoCloseable link : links) {
            try {
                link.close();
            } catch (Exception e) {
                LOG.warn("a listener of the pushes cannot be taken away", e);
            }
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        thread.execute(() -> {
            plans.end();
            sensors.close();
            done.complete(null);
        });
        try {
            done.orTimeout(HAND_OVER_SECONDS, TimeUnit.SECONDS).join();
        } catch (CompletionException e) {
            LOG.warn("the engine of pushes did not end within {} s", HAND_OVER_SECONDS);
        }
        thread.close();
        disk.shutdown();
    }
}

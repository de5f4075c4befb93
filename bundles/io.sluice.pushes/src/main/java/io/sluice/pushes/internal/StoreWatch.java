package io.sluice.pushes.internal;

import io.sluice.api.push.PushEntry;
import java.io.IOException;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of entries that were made, edited and deleted. Changes that come together are looked up together: Configuration Admin goes through all its configurations for each question. */
final class StoreWatch implements ConfigurationListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final int MOST_SINGLE = 3;
    private final Store store;
    private final Executor worker;
    private final BiConsumer<String, PushEntry> changed;
    private final ServiceRegistration<ConfigurationListener> registration;
    private final Set<String> pending = new LinkedHashSet<>();

    /** @param worker may wait for a disk; one task after another @param changed told the name, and null for one that is gone */
    StoreWatch(BundleContext context, Store store, Executor worker, BiConsumer<String, PushEntry> changed) {
        this.store = store;
        this.worker = worker;
        this.changed = changed;
        registration = context.registerService(ConfigurationListener.class, this, new Hashtable<>());
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (PushConfig.PID.equals(event.getFactoryPid())) {
            synchronized (pending) {
                pending.add(Store.name(event.getPid()));
                if (pending.size() > 1) {
                    return;
                }
            }
            worker.execute(this::lookUp);
        }
    }

    private void lookUp() {
        Set<String> names;
        synchronized (pending) {
            names = new LinkedHashSet<>(pending);
            pending.clear();
        }
        try {
            Map<String, PushEntry> found = new LinkedHashMap<>();
            if (names.size() > MOST_SINGLE) {
                store.all().forEach(e -> found.put(e.name(), e));
            } else {
                for (String name : names) {
                    found.put(name, store.read(name, false));
                }
            }
            names.forEach(name -> changed.accept(name, found.get(name)));
        } catch (IOException | IllegalStateException e) {
            LOG.error("the configurations of pushes cannot be read; what was known stays: {}", e.toString());
        }
    }

    @Override
    public void close() {
        registration.unregister();
    }
}

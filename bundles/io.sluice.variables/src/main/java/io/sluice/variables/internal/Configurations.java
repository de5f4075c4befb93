package io.sluice.variables.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The variables' configurations, asked for and not delivered: a version that begins must know which there are before anybody asks it, and ten thousand components would be a heavy
 * way to hold ten thousand names. Changes that come together are looked up together.
 */
final class Configurations implements ConfigurationListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);
    private static final String ALL = "(service.factoryPid=" + VariableConfig.PID + ")";
    /** Configuration Admin looks through all of them for each filter; a longer one is not worth it. */
    private static final int MOST_NAMED = 100;
    private final ConfigurationAdmin admin;
    private final ServiceReference<?> self;
    private final Executor worker;
    private final BiConsumer<String, Attributes> changed;
    private final ServiceRegistration<ConfigurationListener> registration;
    private final Set<String> pending = new LinkedHashSet<>();

    /**
     * @param self    for configuration plugins: who gets the properties
     * @param worker  for what asks Configuration Admin
     * @param changed told of each change, with null for one that is gone
     */
    Configurations(ConfigurationAdmin admin, BundleContext context, ServiceReference<?> self, Executor worker, BiConsumer<String, Attributes> changed) {
        this.admin = admin;
        this.self = self;
        this.worker = worker;
        this.changed = changed;
        registration = context.registerService(ConfigurationListener.class, this, new Hashtable<>());
    }

    static Map<String, Attributes> all(ConfigurationAdmin admin, ServiceReference<?> self) {
        return find(admin, self, ALL);
    }

    private static Map<String, Attributes> find(ConfigurationAdmin admin, ServiceReference<?> self, String filter) {
        Map<String, Attributes> result = new LinkedHashMap<>();
        try {
            Configuration[] found = admin.listConfigurations(filter);
            for (Configuration c : found == null ? new Configuration[0] : found) {
                if (VariableConfig.PID.equals(c.getFactoryPid())) {
                    result.put(c.getPid(), attributes(c.getProcessedProperties(self)));
                }
            }
        } catch (IOException | IllegalStateException e) {
            LOG.error("the configurations of variables cannot be read: {}", e.toString());
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(filter, e);
        }
        return result;
    }

    private static Attributes attributes(Dictionary<String, Object> properties) {
        Map<String, Object> values = new HashMap<>();
        for (Enumeration<String> keys = properties.keys(); keys.hasMoreElements();) {
            String key = keys.nextElement();
            values.put(key, properties.get(key));
        }
        return new Attributes(values);
    }

    @Override
    public void configurationEvent(ConfigurationEvent event) {
        if (VariableConfig.PID.equals(event.getFactoryPid())) {
            synchronized (pending) {
                pending.add(event.getPid());
                if (pending.size() > 1) {
                    return;
                }
            }
            worker.execute(this::lookUp);
        }
    }

    private void lookUp() {
        Set<String> pids;
        synchronized (pending) {
            pids = new LinkedHashSet<>(pending);
            pending.clear();
        }
        Map<String, Attributes> found = find(admin, self, pids.size() > MOST_NAMED ? ALL
            : pids.stream().map(pid -> "(" + Constants.SERVICE_PID + "=" + pid.replaceAll("[\\\\*()]", "\\\\$0") + ")").collect(Collectors.joining("", "(|", ")")));
        pids.forEach(pid -> changed.accept(pid, found.get(pid)));
    }

    @Override
    public void close() {
        registration.unregister();
    }
}

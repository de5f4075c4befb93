package io.sluice.config.internal;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Hashtable;
import java.util.Map;
import org.apache.felix.cm.PersistenceManager;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationPlugin;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.util.tracker.ServiceTracker;

/** Registers the store under the name that the framework property {@code felix.cm.pm} selects, and watches {@code conf/}. */
public final class Activator implements BundleActivator {
    private static final String NAME = "io.sluice.config";

    private ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> admins;
    private ServiceTracker<ConfigurationPlugin, ConfigurationPlugin> interpolation;
    private ConfWatcher watcher;

    @Override
    public void start(BundleContext context) throws Exception {
        Path conf = conf(context);
        interpolation = new ServiceTracker<>(context, context.createFilter("(&(objectClass=" + ConfigurationPlugin.class.getName()
            + ")(config.plugin.id=org.apache.felix.configadmin.plugin.interpolation))"), null);
        interpolation.open();
        admins = new ServiceTracker<>(context, ConfigurationAdmin.class, null);
        admins.open();
        ConfStore store = new ConfStore(new ConfFolder(conf), new Placeholders(interpolation::getService));
        AdminLink link = new AdminLink(store, admins);
        context.registerService(SynchronousConfigurationListener.class, link, null);
        context.registerService(PersistenceManager.class, store, new Hashtable<>(Map.of(PersistenceManager.PROPERTY_NAME, NAME)));
        watcher = new ConfWatcher(conf, link::takeOverEdits);
    }

    @Override
    public void stop(BundleContext context) {
        watcher.close();
        admins.close();
        interpolation.close();
    }

    private static Path conf(BundleContext context) throws Exception {
        String home = context.getProperty("sluice.home");
        if (home == null) {
            throw new BundleException("the framework property sluice.home is not set: it names the folder that conf/ is in");
        }
        return Files.createDirectories(Path.of(home, "conf"));
    }
}

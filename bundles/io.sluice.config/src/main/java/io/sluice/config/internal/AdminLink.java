package io.sluice.config.internal;

import java.io.IOException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.SynchronousConfigurationListener;
import org.osgi.util.tracker.ServiceTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the store has to tell Configuration Admin: edits by hand, and the bundle location "?" wherever somebody set another. Never called with the store's lock held.
 */
final class AdminLink implements SynchronousConfigurationListener {
    private static final Logger LOG = LoggerFactory.getLogger(AdminLink.class);

    private final ConfStore store;
    private final ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> admins;

    AdminLink(ConfStore store, ServiceTracker<ConfigurationAdmin, ConfigurationAdmin> admins) {
        this.store = store;
        this.admins = admins;
    }

    /** Takes over what was edited. @return true to look again soon */
    boolean takeOverEdits() throws IOException {
        ConfigurationAdmin admin = admins.getService();
        if (admin == null) {
            return false;
        }
        Edits.Found found = store.handEdits();
        found.changed().forEach(changed -> tell(admin, changed.name().pid(), configuration -> configuration.update(changed.edit())));
        found.gone().forEach(pid -> tell(admin, pid, Configuration::delete));
        return found.look();
    }

    private interface Telling {
        void to(Configuration configuration) throws IOException;
    }

    /** One that is refused (read-only, for instance) keeps no other from being told. */
    private static void tell(ConfigurationAdmin admin, String pid, Telling telling) {
        try {
            telling.to(configuration(admin, pid));
        } catch (IOException | RuntimeException e) {
            LOG.error("The edit of {} by hand could not be taken over: {}", pid, e.toString());
        }
    }

    /**
     * Felix's console resets the location before each save, on an object of its own. Whoever holds the object that Configuration Admin caches (managed services; callers of
     * {@code getConfiguration}) would then miss the save, and of two versions of a bundle only the first would get it. The same where a service that came at this moment has bound the
     * configuration to its bundle before this is told: what was saved is then told once more, to all.
     */
    @Override
    public void configurationEvent(ConfigurationEvent event) {
        ConfigurationAdmin admin = admins.getService();
        Stored current = store.current(event.getPid());
        if (admin == null || current == null || event.getType() == ConfigurationEvent.CM_DELETED) {
            return;
        }
        try {
            Configuration cached = admin.getConfiguration(event.getPid(), Stored.ANY_BUNDLE);
            String bound = cached.getBundleLocation();
            boolean narrow = !Stored.ANY_BUNDLE.equals(bound);
            if (narrow) {
                cached.setBundleLocation(Stored.ANY_BUNDLE);
            }
            if (event.getType() == ConfigurationEvent.CM_UPDATED && !current.isNew() && (bound != null && narrow || isStale(cached, current))) {
                cached.update();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.warn("The configuration {} may not reach every version of its bundle: {}", event.getPid(), e.toString());
        }
    }

    private static boolean isStale(Configuration cached, Stored current) {
        return cached.getProperties() == null || !Stored.of(current.name().pid(), cached.getProperties(), null).sameValues(current);
    }

    /** The object with the present change counter; the cached one may lag behind. */
    private static Configuration configuration(ConfigurationAdmin admin, String pid) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations('(' + Constants.SERVICE_PID + '=' + escaped(pid) + ')');
            return found == null ? admin.getConfiguration(pid, Stored.ANY_BUNDLE) : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IOException(e);
        }
    }

    private static String escaped(String pid) {
        return pid.replaceAll("[\\\\*()]", "\\\\$0");
    }
}

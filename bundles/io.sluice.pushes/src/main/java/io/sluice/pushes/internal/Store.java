package io.sluice.pushes.internal;

import io.sluice.api.push.PushEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** Entries as factory configurations of {@link PushConfig#PID}. From any thread that may wait for a disk. */
final class Store {
    private static final String ANY_BUNDLE = "?";
    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";
    private final ConfigurationAdmin admin;
    private final ServiceReference<?> self;

    /** @param self for configuration plugins, which replace references such as $[env:X] */
    Store(ConfigurationAdmin admin, ServiceReference<?> self) {
        this.admin = admin;
        this.self = self;
    }

    /** The end of a PID: what stands after the factory's and "~", or "." as the console of Felix has it. */
    static String name(String pid) {
        return pid.startsWith(PushConfig.PID) && pid.length() > PushConfig.PID.length() ? pid.substring(PushConfig.PID.length() + 1) : pid;
    }

    /** All, references replaced. */
    List<PushEntry> all() throws IOException {
        List<PushEntry> all = new ArrayList<>();
        for (Configuration c : find("(service.factoryPid=" + PushConfig.PID + ")")) {
            all.add(entry(name(c.getPid()), c.getProcessedProperties(self)));
        }
        return all;
    }

    /** @param raw references stay as they are written @return null when there is none */
    PushEntry read(String name, boolean raw) throws IOException {
        Configuration found = byName(name);
        return found == null ? null : entry(name, raw ? found.getProperties() : found.getProcessedProperties(self));
    }

    void save(PushEntry entry) throws IOException {
        Configuration known = byName(entry.name());
        Hashtable<String, Object> properties = new Hashtable<>();
        if (known != null && known.getProperties() != null) {
            Dictionary<String, Object> stored = known.getProperties();
            Collections.list(stored.keys()).forEach(k -> properties.put(k, stored.get(k)));
        }
        properties.put("stream", entry.stream());
        properties.put("target", entry.target());
        properties.put("rule", entry.rule());
        properties.put("enabled", entry.enabled());
        properties.put("from", entry.from());
        properties.put("until", entry.until());
        properties.put("minOnSeconds", entry.minOnSeconds());
        properties.put("minOffSeconds", entry.minOffSeconds());
        properties.put("onAfterSeconds", entry.onAfterSeconds());
        properties.put("offAfterSeconds", entry.offAfterSeconds());
        properties.put("waitSeconds", entry.waitSeconds());
        Configuration saved = known != null ? known : admin.getFactoryConfiguration(PushConfig.PID, entry.name(), ANY_BUNDLE);
        saved.update(properties);
    }

    /** @return false when there is none */
    boolean delete(String name) throws IOException {
        Configuration found = byName(name);
        if (found != null) {
            found.delete();
        }
        return found != null;
    }

    private Configuration byName(String name) throws IOException {
        if (!name.matches(NAME)) {
            return null;
        }
        List<Configuration> found = find("(&(service.factoryPid=" + PushConfig.PID + ")(|(service.pid=" + PushConfig.PID + "~" + name + ")(service.pid=" + PushConfig.PID + "." + name + ")))");
        return found.isEmpty() ? null : found.get(0);
    }

    private List<Configuration> find(String filter) throws IOException {
        try {
            Configuration[] found = admin.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(filter, e);
        }
    }

    private static PushEntry entry(String name, Dictionary<String, Object> p) {
        return new PushEntry(name, text(p, "stream", ""), text(p, "target", ""), text(p, "rule", ""), Boolean.parseBoolean(text(p, "enabled", "true")), text(p, "from", ""), text(p, "until", ""),
            number(p, "minOnSeconds", 0), number(p, "minOffSeconds", 0), number(p, "onAfterSeconds", 0), number(p, "offAfterSeconds", 0), number(p, "waitSeconds", -1));
    }

    private static String text(Dictionary<String, Object> properties, String key, String otherwise) {
        Object value = properties == null ? null : properties.get(key);
        return value == null ? otherwise : value.toString().strip();
    }

    /** What is no number becomes one that is refused with its name. */
    private static double number(Dictionary<String, Object> properties, String key, double otherwise) {
        String text = text(properties, key, "");
        try {
            return text.isEmpty() ? otherwise : Double.parseDouble(text);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}

package io.sluice.admin.console.internal;

import java.io.IOException;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.Map;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;

/** The configurations of variables, as the page edits them: one for each, found by its name. On the admin plane's threads. */
final class VariableStore {
    static final String PID = "io.sluice.variables.variable";
    private static final String NAME = "[A-Za-z0-9_.-]{1,64}";
    private static final String ANY_BUNDLE = "?";
    private final ConfigurationAdmin admin;

    VariableStore(ConfigurationAdmin admin) {
        this.admin = admin;
    }

    /** What is configured, with defaults where nothing is; of no variable of this name, the defaults. */
    Map<String, Object> read(String name) throws IOException {
        Map<String, Object> result = new HashMap<>(Map.of("name", name, "type", "static", "target", "", "parameters", new String[0], "intervalMillis", 0L,
            "waitMillis", 0L, "value", "", "maxBytes", 4096));
        Configuration found = find(name);
        Dictionary<String, Object> properties = found == null ? null : found.getProperties();
        if (properties != null) {
            result.replaceAll((key, otherwise) -> properties.get(key) == null ? otherwise : properties.get(key));
        }
        return result;
    }

    /** @param values those of a form; makes the variable if there is none of this name */
    void save(Map<String, String> values) throws Refused, IOException {
        String name = checked(values.get("name"));
        Hashtable<String, Object> properties = new Hashtable<>();
        Configuration known = find(name);
        if (known != null) {
            properties.putAll(Dictionaries.map(known.getProperties()));
        }
        for (String key : new String[] {"type", "target", "value"}) {
            properties.put(key, values.get(key).strip());
        }
        properties.put("name", name);
        properties.put("parameters", values.get("parameters").lines().map(String::strip).filter(l -> !l.isEmpty()).toArray(String[]::new));
        properties.put("intervalMillis", number(values, "intervalMillis"));
        properties.put("waitMillis", number(values, "waitMillis"));
        properties.put("maxBytes", (int) Math.min(Integer.MAX_VALUE, number(values, "maxBytes")));
        Configuration saved = known != null ? known : admin.getFactoryConfiguration(PID, name, ANY_BUNDLE);
        saved.update(properties);
    }

    void remove(String name) throws Refused, IOException {
        Configuration found = find(checked(name));
        if (found == null) {
            throw new Refused(404, "There is no variable " + name + ".");
        }
        found.delete();
    }

    static String checked(String name) throws Refused {
        if (name == null || !name.strip().matches(NAME)) {
            throw new Refused(400, "A name is made of letters (a-z, A-Z), digits, underscores, dots and hyphens, 64 at most.");
        }
        return name.strip();
    }

    private static long number(Map<String, String> values, String key) throws Refused {
        try {
            return Long.parseLong(values.get(key).strip());
        } catch (NumberFormatException e) {
            throw new Refused(400, key + " is to be a whole number.");
        }
    }

    private Configuration find(String name) throws IOException {
        if (!name.matches(NAME)) {
            return null;
        }
        try {
            Configuration[] found = admin.listConfigurations("(&(service.factoryPid=" + PID + ")(name=" + name + "))");
            return found == null ? null : found[0];
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(name, e);
        }
    }
}

package io.sluice.config.internal;

import java.util.Dictionary;
import java.util.Enumeration;
import java.util.Hashtable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.osgi.framework.Constants;
import org.osgi.service.cm.ConfigurationAdmin;

/**
 * One configuration in memory.
 *
 * @param name   its file's
 * @param values in the file's order, without what Configuration Admin adds
 * @param notes  what Configuration Admin wants to find again but nobody wants in a file: its change counter, "locked", "new"
 * @param stamp  of the file that holds these values, or null when there is none
 */
record Stored(FileName name, Map<String, Object> values, Map<String, Object> notes, ConfFolder.Stamp stamp) {
    /** Configuration Admin's mark of a configuration that was made and never given values; it stays in memory. */
    private static final String NEW = "_felix_.cm.newConfiguration";
    private static final String REVISION = ":org.apache.felix.configadmin.revision:";
    /** Every bundle, every version of it: a bundle's location would cut the others off. */
    static final String ANY_BUNDLE = "?";

    static Stored read(FileName name, Map<String, Object> values, ConfFolder.Stamp stamp, Stored before) {
        return new Stored(name, values, before == null ? Map.of() : before.notes, stamp);
    }

    /** What Configuration Admin wants to store, before it is compared with what is there. */
    static Stored of(String pid, Dictionary<?, ?> properties, Stored before) {
        Map<String, Object> values = new TreeMap<>();
        Map<String, Object> notes = new TreeMap<>();
        for (Enumeration<?> keys = properties.keys(); keys.hasMoreElements();) {
            String key = (String) keys.nextElement();
            if (key.startsWith(":") || key.startsWith("_felix_")) {
                notes.put(key, properties.get(key));
            } else if (!key.equals(Constants.SERVICE_PID) && !key.equals(ConfigurationAdmin.SERVICE_FACTORYPID) && !key.equals(ConfigurationAdmin.SERVICE_BUNDLELOCATION)) {
                values.put(key, properties.get(key));
            }
        }
        // Declarative Services ignores a change whose counter did not rise; several objects of Configuration Admin may count for one PID
        notes.computeIfPresent(REVISION, (key, given) -> Math.max((Long) given, before == null ? 0 : 1 + (Long) before.notes.getOrDefault(REVISION, 0L)));
        FileName name = before != null ? before.name : new FileName(pid, (String) properties.get(ConfigurationAdmin.SERVICE_FACTORYPID));
        return new Stored(name, values, notes, before == null ? null : before.stamp);
    }

    boolean isNew() {
        return notes.containsKey(NEW);
    }

    Stored with(Map<String, Object> others, ConfFolder.Stamp written) {
        return new Stored(name, others, notes, written);
    }

    boolean sameValues(Stored other) {
        return values.size() == other.values.size() && values.entrySet().stream()
            .allMatch(entry -> other.values.containsKey(entry.getKey()) && Values.same(entry.getValue(), other.values.get(entry.getKey())));
    }

    /** A copy for Configuration Admin. */
    Hashtable<String, Object> properties() {
        Hashtable<String, Object> result = new Hashtable<>(values);
        result.putAll(notes);
        result.put(Constants.SERVICE_PID, name.pid());
        if (name.factoryPid() != null) {
            result.put(ConfigurationAdmin.SERVICE_FACTORYPID, name.factoryPid());
        }
        result.put(ConfigurationAdmin.SERVICE_BUNDLELOCATION, ANY_BUNDLE);
        return result;
    }

    /** The values alone, as an edit. */
    Hashtable<String, Object> edit() {
        return new Hashtable<>(values);
    }

    /** The new values in the order of the old file, what is new at its end. */
    Map<String, Object> merged(Stored now, Placeholders placeholders) {
        Map<String, Object> result = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            if (now.values.containsKey(key)) {
                result.put(key, placeholders.keep(value, now.values.get(key)));
            }
        });
        now.values.forEach(result::putIfAbsent);
        return result;
    }
}

package io.sluice.config.internal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Dictionary;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.felix.cm.NotCachablePersistenceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configurations, in memory and in {@code conf/}: what Configuration Admin stores is on the disk before this returns. Any thread may call; a call holds the lock for as long
 * as the disk takes, and calls nobody back but the interpolation plugin.
 */
final class ConfStore implements NotCachablePersistenceManager {
    private static final Logger LOG = LoggerFactory.getLogger(ConfStore.class);
    /** Configuration Admin's own memory of bundle locations, of no use where every location is "?". */
    private static final String DYNAMIC_BINDINGS = "org_apache_felix_cm_impl_DynamicBindings";

    private final ConfFolder folder;
    private final Placeholders placeholders;
    private final Map<String, Stored> configurations = new TreeMap<>();
    private final Map<String, Dictionary<?, ?>> unwritten = new HashMap<>();
    private final Edits edits;

    ConfStore(ConfFolder folder, Placeholders placeholders) throws IOException {
        this.folder = folder;
        this.placeholders = placeholders;
        this.edits = new Edits(folder);
        folder.removeUnfinished();
        edits.firstReading().forEach(stored -> configurations.put(stored.name().pid(), stored));
    }

    @Override
    public synchronized boolean exists(String pid) {
        return configurations.containsKey(pid) || unwritten.containsKey(pid);
    }

    @Override
    public synchronized Dictionary<?, ?> load(String pid) throws IOException {
        Stored stored = configurations.get(pid);
        if (stored != null) {
            return stored.properties();
        }
        if (unwritten.containsKey(pid)) {
            return copy(unwritten.get(pid));
        }
        throw new IOException("there is no configuration " + pid);
    }

    @Override
    public synchronized Enumeration<?> getDictionaries() {
        List<Object> result = new ArrayList<>();
        configurations.values().forEach(stored -> result.add(stored.properties()));
        return Collections.enumeration(result);
    }

    @Override
    public synchronized void store(String pid, @SuppressWarnings("rawtypes") Dictionary properties) throws IOException {
        if (pid.equals(DYNAMIC_BINDINGS)) {
            unwritten.put(pid, copy(properties));
            return;
        }
        Stored before = configurations.get(pid);
        Stored now = Stored.of(pid, properties, before);
        if (now.isNew()) {
            configurations.put(pid, now);
            return;
        }
        Map<String, Object> values = before == null ? now.values() : before.merged(now, placeholders);
        Stored merged = now.with(values, now.stamp());
        if (before != null && before.stamp() != null && before.sameValues(merged)) {
            configurations.put(pid, merged);
            return;
        }
        String file = now.name().file();
        edits.beforeWriting(file, now.stamp());
        ConfFolder.Stamp stamp = folder.write(file, values);
        edits.written(file, stamp);
        configurations.put(pid, now.with(values, stamp));
        LOG.info("{} saved", file);
    }

    @Override
    public synchronized void delete(String pid) throws IOException {
        unwritten.remove(pid);
        Stored stored = configurations.get(pid);
        if (stored != null && stored.stamp() != null) {
            folder.delete(stored.name().file());
            edits.written(stored.name().file(), null);
            LOG.info("{} deleted", stored.name().file());
        }
        configurations.remove(pid);
    }

    /** The values in use, or null. */
    synchronized Stored current(String pid) {
        return configurations.get(pid);
    }

    /** Notices what was done to the files by hand; the values found count from here on, and the caller tells Configuration Admin. */
    synchronized Edits.Found handEdits() throws IOException {
        Edits.Found found = edits.look(configurations);
        found.changed().forEach(stored -> configurations.put(stored.name().pid(), stored));
        // without a stamp: Configuration Admin's deletion then touches no file that has come back meanwhile
        found.gone().forEach(pid -> configurations.computeIfPresent(pid, (key, stored) -> stored.with(stored.values(), null)));
        return found;
    }

    private static Hashtable<Object, Object> copy(Dictionary<?, ?> dictionary) {
        Hashtable<Object, Object> result = new Hashtable<>();
        for (Enumeration<?> keys = dictionary.keys(); keys.hasMoreElements();) {
            Object key = keys.nextElement();
            result.put(key, dictionary.get(key));
        }
        return result;
    }
}

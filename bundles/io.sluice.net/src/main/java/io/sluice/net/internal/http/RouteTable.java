package io.sluice.net.internal.http;

import io.sluice.api.net.HttpRoute;
import io.sluice.api.plugin.Plugin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which elected route answers which path. Changed by one thread at a time, read by all. */
public final class RouteTable {
    private static final Logger LOG = LoggerFactory.getLogger(RouteTable.class);

    private record Entry(PathPattern pattern, Plugin<HttpRoute> plugin) {
    }

    private final Map<String, Plugin<HttpRoute>> elected = new HashMap<>();
    private volatile List<Entry> entries = List.of();

    /** @param plugin null when nobody is elected under the name any more */
    public synchronized void put(String name, Plugin<HttpRoute> plugin) {
        if (plugin == null) {
            elected.remove(name);
        } else {
            elected.put(name, plugin);
        }
        List<Entry> all = new ArrayList<>();
        elected.values().forEach(p -> patterns(p).forEach(text -> add(all, text, p)));
        all.sort(Comparator.comparing(Entry::pattern).thenComparing(e -> e.plugin.name()));
        entries = List.copyOf(all);
    }

    private static void add(List<Entry> all, String text, Plugin<HttpRoute> plugin) {
        try {
            all.add(new Entry(new PathPattern(text), plugin));
        } catch (IllegalArgumentException e) {
            LOG.warn("{} is left out: {}", plugin.bundle(), e.getMessage());
        }
    }

    private static List<String> patterns(Plugin<HttpRoute> plugin) {
        Object paths = plugin.properties().get(HttpRoute.PATHS);
        if (paths instanceof String[] several) {
            return Arrays.asList(several);
        }
        if (paths instanceof String one) {
            return List.of(one);
        }
        LOG.warn("{} offers an HTTP route without the property {}: it is never called", plugin.bundle(), HttpRoute.PATHS);
        return List.of();
    }

    /** @return null when no route wants the path */
    Plugin<HttpRoute> find(String path) {
        for (Entry e : entries) {
            if (e.pattern.matches(path)) {
                return e.plugin;
            }
        }
        return null;
    }
}

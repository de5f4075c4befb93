package io.sluice.streams.internal.gate;

import io.sluice.streams.internal.StreamConfig;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which configuration covers a name: the one of exactly that name, else of the part before {@code +}, else the pattern with the most letters that matches. Immutable. */
public final class Catalogue {
    private final Map<String, StreamConfig> byName = new HashMap<>();
    private final List<Glob> globs;

    private record Glob(StreamConfig config, Pattern pattern, int letters) {
        static Glob of(StreamConfig config) {
            String regex = config.name().chars().mapToObj(c -> c == '*' ? ".*" : Pattern.quote(Character.toString(c))).collect(Collectors.joining());
            return new Glob(config, Pattern.compile(regex), config.name().replace("*", "").length());
        }
    }

    public Catalogue(Collection<StreamConfig> configs) {
        configs.stream().filter(c -> !c.isPattern()).forEach(c -> byName.put(c.name(), c));
        globs = configs.stream().filter(StreamConfig::isPattern).map(Glob::of).sorted(Comparator.comparingInt(Glob::letters).reversed()).toList();
    }

    /** Null where nothing covers the name. */
    public StreamConfig find(String name) {
        StreamConfig exact = byName.get(name);
        if (exact != null) {
            return exact;
        }
        String base = StreamName.base(name);
        StreamConfig wild = byName.get(base);
        return wild != null ? wild : globs.stream().filter(g -> g.pattern.matcher(base).matches()).map(Glob::config).findFirst().orElse(null);
    }

    /** Those with a name of their own, no patterns. */
    public Collection<StreamConfig> named() {
        return List.copyOf(byName.values());
    }
}

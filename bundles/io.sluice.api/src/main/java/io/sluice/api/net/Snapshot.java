package io.sluice.api.net;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The state of a connection's handler or of a segmenter as plain data, so that another version of the same plugin can go
 * on from it. Values are long, double, boolean, String, byte[], {@link Handle}, Snapshot and lists of those: nothing that
 * could hold the old version's classes. Immutable; byte arrays are copied in and out.
 */
public final class Snapshot {
    private final int schema;
    private final Map<String, Object> values;

    private Snapshot(int schema, Map<String, Object> values) {
        this.schema = schema;
        this.values = values;
    }

    /** @param schema the version of the names and meanings within, counted by the plugin that writes it */
    public static Builder of(int schema) {
        return new Builder(schema);
    }

    public int schema() {
        return schema;
    }

    public boolean has(String name) {
        return values.containsKey(name);
    }

    public long number(String name) {
        return get(name, Long.class);
    }

    public double real(String name) {
        return get(name, Double.class);
    }

    public boolean flag(String name) {
        return get(name, Boolean.class);
    }

    public String text(String name) {
        return get(name, String.class);
    }

    public byte[] bytes(String name) {
        return get(name, byte[].class).clone();
    }

    public Handle handle(String name) {
        return get(name, Handle.class);
    }

    public Snapshot nested(String name) {
        return get(name, Snapshot.class);
    }

    /** @throws ClassCastException where an element is not of the type */
    public <T> List<T> list(String name, Class<T> type) {
        return ((List<?>) get(name, List.class)).stream().map(type::cast).toList();
    }

    private <T> T get(String name, Class<T> type) {
        Object v = values.get(name);
        if (v == null) {
            throw new NoSuchElementException("snapshot (schema " + schema + ") has no '" + name + "', only " + values.keySet());
        }
        return type.cast(v);
    }

    @Override
    public String toString() {
        return "snapshot schema " + schema + " " + values.keySet();
    }

    /** Collects values; not thread-safe. */
    public static final class Builder {
        private final int schema;
        private final Map<String, Object> values = new LinkedHashMap<>();

        private Builder(int schema) {
            this.schema = schema;
        }

        public Builder put(String name, Object value) {
            values.put(name, plain(name, value));
            return this;
        }

        public Snapshot build() {
            return new Snapshot(schema, new LinkedHashMap<>(values));
        }

        private static Object plain(String name, Object v) {
            if (v instanceof Integer || v instanceof Short || v instanceof Byte) {
                return ((Number) v).longValue();
            }
            if (v instanceof byte[] b) {
                return b.clone();
            }
            if (v instanceof List<?> list) {
                List<Object> out = new ArrayList<>();
                list.forEach(e -> out.add(plain(name, e)));
                return List.copyOf(out);
            }
            if (v instanceof Long || v instanceof Double || v instanceof Boolean || v instanceof String || v instanceof Handle || v instanceof Snapshot) {
                return v;
            }
            throw new IllegalArgumentException("a snapshot cannot hold '" + name + "' of " + (v == null ? "null" : v.getClass().getName()));
        }
    }
}

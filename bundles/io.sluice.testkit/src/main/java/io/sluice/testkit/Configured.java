package io.sluice.testkit;

import java.lang.reflect.Proxy;
import java.util.Map;

/** A component's configuration in a unit test: the annotation's defaults, and what the test says instead. */
public final class Configured {
    private Configured() {
    }

    /** @throws IllegalArgumentException when there is no attribute of such a name */
    public static <T> T as(Class<T> type, Map<String, ?> values) {
        values.keySet().forEach(name -> attribute(type, name));
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            Object value = values.get(method.getName());
            return value == null ? method.getDefaultValue() : value;
        }));
    }

    private static void attribute(Class<?> type, String name) {
        try {
            type.getDeclaredMethod(name);
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(type.getName() + " has no attribute " + name, e);
        }
    }
}

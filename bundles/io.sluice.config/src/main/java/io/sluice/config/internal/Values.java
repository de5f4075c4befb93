package io.sluice.config.internal;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Comparing configuration values by what they mean: 8080 is 8080, whether Long or Integer; an array equals a list. */
final class Values {
    private Values() {
    }

    static boolean same(Object one, Object other) {
        if (isMany(one) || isMany(other)) {
            return isMany(one) && isMany(other) && sameElements(elements(one), elements(other));
        }
        return isWhole(one) && isWhole(other) ? ((Number) one).longValue() == ((Number) other).longValue() : one.equals(other);
    }

    static boolean isMany(Object value) {
        return value.getClass().isArray() || value instanceof Collection;
    }

    /** The elements of an array (of primitives too) or a collection. */
    static List<Object> elements(Object many) {
        if (many instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < Array.getLength(many); i++) {
            result.add(Array.get(many, i));
        }
        return result;
    }

    private static boolean sameElements(List<Object> some, List<Object> others) {
        if (some.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < some.size(); i++) {
            if (!same(some.get(i), others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte;
    }
}

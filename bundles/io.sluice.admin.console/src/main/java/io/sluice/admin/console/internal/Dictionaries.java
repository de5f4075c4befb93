package io.sluice.admin.console.internal;

import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.Map;

/** OSGi's oldest type, as a map. */
final class Dictionaries {
    private Dictionaries() {
    }

    static Map<String, Object> map(Dictionary<String, Object> dictionary) {
        Map<String, Object> result = new HashMap<>();
        if (dictionary != null) {
            Collections.list(dictionary.keys()).forEach(key -> result.put(key, dictionary.get(key)));
        }
        return result;
    }
}

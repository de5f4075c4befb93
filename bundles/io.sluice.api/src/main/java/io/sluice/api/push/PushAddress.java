package io.sluice.api.push;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where to push, taken apart. MistServer's rule holds: what follows the last "?" are parameters of the push, what is before it is the target's own.
 *
 * @param scheme     in lower case; "file" where the target begins with "/" or is a relative path
 * @param target     without the parameters, variables not expanded; may hold secrets (user:password), so it is never logged whole
 * @param parameters by name, values decoded, in the order they were written
 */
public record PushAddress(String scheme, String target, Map<String, String> parameters) {
    public PushAddress {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return scheme + ":…";
    }
}

package io.sluice.target.http.internal;

import io.sluice.format.delivery.TimeOut;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a push over HTTP.
 *
 * @param method        PUT or POST
 * @param timeoutMillis for the connection, the answer, and a server that takes nothing
 */
record Options(String method, long timeoutMillis) {
    /** @throws IllegalArgumentException that names the parameter */
    static Options of(Map<String, String> parameters) {
        String method = "PUT";
        long timeout = TimeOut.DEFAULT_MILLIS;
        for (Map.Entry<String, String> p : parameters.entrySet()) {
            switch (p.getKey().toLowerCase(Locale.ROOT)) {
                case "timeout" -> timeout = TimeOut.millis(p.getValue());
                case "method" -> method = method(p.getValue().trim().toUpperCase(Locale.ROOT));
                default -> throw new IllegalArgumentException("HTTP has no parameter '" + p.getKey() + "'; timeout and method are known");
            }
        }
        return new Options(method, timeout);
    }

    private static String method(String value) {
        if (!value.equals("PUT") && !value.equals("POST")) {
            throw new IllegalArgumentException("method: wanted PUT or POST");
        }
        return value;
    }
}

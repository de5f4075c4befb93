package io.sluice.target.http.internal;

import io.sluice.format.delivery.TimeOut;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a push over HTTP.
 *
 * @param method        PUT or POST
 * @param timeoutMillis for the connection, the answer, and a server that takes nothing
 * @param unified       tracks are named as Unified Streaming's servers want it
 */
record Options(String method, long timeoutMillis, boolean unified) {
    /** @throws IllegalArgumentException that names the parameter */
    static Options of(Map<String, String> parameters) {
        if (parameters.keySet().stream().anyMatch("usp"::equalsIgnoreCase)) {
            throw new IllegalArgumentException("'usp' is a parameter of cmaf://");
        }
        return of(parameters, "PUT");
    }

    /** @throws IllegalArgumentException that names the parameter */
    static Options ofCmaf(Map<String, String> parameters) {
        return of(parameters, "POST");
    }

    private static Options of(Map<String, String> parameters, String usual) {
        String method = usual;
        boolean unified = false;
        long timeout = TimeOut.DEFAULT_MILLIS;
        for (Map.Entry<String, String> p : parameters.entrySet()) {
            switch (p.getKey().toLowerCase(Locale.ROOT)) {
                case "timeout" -> timeout = TimeOut.millis(p.getValue());
                case "method" -> method = method(p.getValue().trim().toUpperCase(Locale.ROOT));
                case "usp" -> unified = !p.getValue().equals("0");
                default -> throw new IllegalArgumentException("HTTP has no parameter '" + p.getKey() + "'; timeout and method are known");
            }
        }
        return new Options(method, timeout, unified);
    }

    private static String method(String value) {
        if (!value.equals("PUT") && !value.equals("POST")) {
            throw new IllegalArgumentException("method: wanted PUT or POST");
        }
        return value;
    }
}

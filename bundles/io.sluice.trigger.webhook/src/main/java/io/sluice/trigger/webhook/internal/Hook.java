package io.sluice.trigger.webhook.internal;

import io.sluice.api.trigger.TriggerCall;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * One trigger's parameters.
 *
 * @param headers       sent along
 * @param secret        for the signature, or ""
 * @param secretFile    that holds it, or ""
 * @param attempts      at most
 * @param attemptMillis that an attempt may be without a sign of life
 */
record Hook(URI uri, Map<String, String> headers, String secret, String secretFile, int attempts, int attemptMillis) {
    private static final String HEADER = "header.";
    private static final int MAX_ATTEMPTS = 10;

    /** @throws IllegalArgumentException in words, without values that may be secret */
    static Hook of(Map<String, String> parameters) {
        Map<String, String> headers = new TreeMap<>();
        parameters.forEach((key, value) -> {
            if (key.startsWith(HEADER)) {
                headers.put(header(key.substring(HEADER.length()), value), value);
            }
        });
        return new Hook(uri(parameters.getOrDefault("target", "")), headers, parameters.getOrDefault("secret", ""), parameters.getOrDefault("secretFile", ""),
            Math.min(MAX_ATTEMPTS, number(parameters, "attempts", 3)), number(parameters, "attemptMillis", 5000));
    }

    private static URI uri(String target) {
        try {
            return new URI(target);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("target is no URL: " + e.getReason());
        }
    }

    private static String header(String name, String value) {
        if (!name.matches("[A-Za-z0-9-]{1,64}") || !value.matches("[\\t\\x20-\\x7e]{0,4096}")) {
            throw new IllegalArgumentException("the header '" + name.replaceAll("[^A-Za-z0-9-]", "?") + "' cannot be sent: letters, digits and '-' in its name, printable ASCII in its value");
        }
        return name;
    }

    private static int number(Map<String, String> parameters, String key, int otherwise) {
        String text = parameters.getOrDefault(key, Integer.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,6}")) {
            throw new IllegalArgumentException(key + " is not a number from 1 up");
        }
        return Integer.parseInt(text);
    }

    /** The same for every attempt, so that a receiver can tell by the number that it has seen it. */
    HookRequest request(TriggerCall call, Secrets secrets) throws IOException {
        Map<String, String> all = new TreeMap<>(headers);
        byte[] body = call.payload().getBytes(StandardCharsets.UTF_8);
        String time = Long.toString(call.atMillis());
        all.put("X-Trigger", call.event().type());
        all.put("X-Sluice-Event", call.id());
        all.put("X-Sluice-Time", time);
        String key = secrets.of(this);
        if (!key.isEmpty()) {
            all.put("X-Sluice-Signature", Signature.of(key, call.event().type(), call.id(), time, body));
        }
        return new HookRequest(uri, all, call.json() ? "application/json" : "text/plain", body, attemptMillis);
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost();
    }
}

package io.sluice.trigger.webhook.internal;

import io.sluice.api.trigger.TriggerCall;
import io.sluice.format.http.OutboundRequest;
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
 * @param attemptMillis that an attempt may last
 */
record Hook(URI uri, Map<String, String> headers, String secret, String secretFile, int attempts, int attemptMillis) {
    private static final String HEADER = "header.";
    private static final int MAX_ATTEMPTS = 10;
    /** Of an answer: longer than any name, address or word of consent. */
    static final int MAX_BYTES = 65_536;

    /** @throws IllegalArgumentException in words, without values that may be secret */
    static Hook of(Map<String, String> parameters) {
        Map<String, String> headers = new TreeMap<>();
        parameters.forEach((key, value) -> {
            if (key.startsWith(HEADER)) {
                headers.put(key.substring(HEADER.length()), value);
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

    private static int number(Map<String, String> parameters, String key, int otherwise) {
        String text = parameters.getOrDefault(key, Integer.toString(otherwise));
        if (!text.matches("[1-9]\\d{0,6}")) {
            throw new IllegalArgumentException(key + " is not a number from 1 up");
        }
        return Integer.parseInt(text);
    }

    /**
     * The same for every attempt, so that a receiver can tell by the number that it has seen it.
     *
     * @throws IllegalArgumentException where a header cannot be sent
     */
    OutboundRequest request(TriggerCall call, Secrets secrets) throws IOException {
        Map<String, String> all = new TreeMap<>(headers);
        byte[] body = call.payload().getBytes(StandardCharsets.UTF_8);
        String time = Long.toString(call.atMillis());
        all.put("Content-Type", call.json() ? "application/json" : "text/plain");
        all.put("X-Trigger", call.event().type());
        all.put("X-Sluice-Event", call.id());
        all.put("X-Sluice-Time", time);
        String key = secrets.of(this);
        if (!key.isEmpty()) {
            all.put("X-Sluice-Signature", Signature.of(key, call.event().type(), call.id(), time, body));
        }
        return request(all, body);
    }

    /** What would be said against the parameters' headers if they were sent now. */
    void check() {
        request(headers, new byte[0]);
    }

    private OutboundRequest request(Map<String, String> all, byte[] body) {
        return new OutboundRequest("POST", uri, all, body, attemptMillis, MAX_BYTES, 0);
    }

    /** Never prints a secret. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost();
    }
}

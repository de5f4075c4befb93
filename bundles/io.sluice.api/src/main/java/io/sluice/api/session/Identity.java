package io.sluice.api.session;

import java.util.List;
import java.util.Map;

/**
 * A strategy's answer. Connections of one kind with equal keys are one session.
 *
 * @param key        the values that identify, in order. The engine writes each with its length in front, so ("ab", "c") and ("a", "bc") differ
 * @param token      what the session is known by to triggers and pages, or ""
 * @param parameters query parameters that the addresses in playlists and pages are to carry, so that the next request is known by them
 * @param cookies    whole values of Set-Cookie for the answer to this request
 */
public record Identity(List<String> key, String token, Map<String, String> parameters, List<String> cookies) {
    public Identity {
        key = List.copyOf(key);
        parameters = Map.copyOf(parameters);
        cookies = List.copyOf(cookies);
    }

    public static Identity of(List<String> key, String token) {
        return new Identity(key, token, Map.of(), List.of());
    }
}

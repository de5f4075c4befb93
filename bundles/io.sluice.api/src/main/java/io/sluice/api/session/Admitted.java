package io.sluice.api.session;

import java.util.List;
import java.util.Map;

/**
 * The engine's yes.
 *
 * @param session    id of the session
 * @param parameters query parameters that addresses of this session's playlists and pages carry
 * @param cookies    whole values of Set-Cookie for the answer
 */
public record Admitted(String session, Map<String, String> parameters, List<String> cookies) {
    public static final Admitted WITHOUT_SESSION = new Admitted("", Map.of(), List.of());

    public Admitted {
        parameters = Map.copyOf(parameters);
        cookies = List.copyOf(cookies);
    }
}

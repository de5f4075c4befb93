package io.sluice.admin.console.internal;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Set;

/**
 * Whether a request that changes something comes from a page of this server. Browsers send Basic credentials along with what any other page makes them send, and
 * Felix's own pages do not ask where a form came from.
 */
final class SameOrigin {
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private SameOrigin() {
    }

    /** True for reading, for a script (which says no origin), and for a page whose host and port are those that the request was sent to. */
    static boolean allows(HttpServletRequest request) {
        if (SAFE.contains(request.getMethod())) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !site.equals("same-origin") && !site.equals("none")) {
            return false;
        }
        String from = request.getHeader("Origin") != null ? request.getHeader("Origin") : request.getHeader("Referer");
        return from == null || matches(from, request.getHeader("Host"));
    }

    private static boolean matches(String from, String host) {
        try {
            String authority = URI.create(from).getRawAuthority();
            return authority != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

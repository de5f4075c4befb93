package io.sluice.format.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which headers may be sent, and which of them go along to another origin. */
final class HeaderRules {
    /** RFC 9110 section 5.6.2. */
    private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}");
    /** RFC 9110 section 5.5, without bytes above ASCII: what they mean is up to each server. */
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e\\t]{0,8192}");
    /** How the message is framed, which host it is for, and forms of bodies that are not understood here. */
    private static final Set<String> OURS = Set.of("host", "connection", "content-length", "transfer-encoding", "accept-encoding", "expect", "upgrade", "te", "trailer",
        "keep-alive", "proxy-authorization", "proxy-connection");
    /** All others may hold a secret that is meant for the first host. */
    private static final Set<String> HARMLESS = Set.of("accept", "accept-language", "content-type", "user-agent", "x-custom-variable", "x-trigger");

    private HeaderRules() {
    }

    static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("'" + name + "' is no name of a header");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("the header '" + name + "' cannot be set; it follows from the request");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("the value of the header '" + name + "' holds a line end, another control character or one outside of ASCII, or is too long");
        }
    }

    static Map<String, String> elsewhere(Map<String, String> headers) {
        return headers.entrySet().stream().filter(h -> HARMLESS.contains(h.getKey().toLowerCase(Locale.ROOT))).collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}

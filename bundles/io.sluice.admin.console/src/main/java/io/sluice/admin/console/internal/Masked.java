package io.sluice.admin.console.internal;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Hides what may be secret in a configuration's texts before they are shown for editing, and puts it back when they return unchanged. References ({@code $[env:X]}) are no secrets. */
final class Masked {
    static final String DOTS = "•••";

    private Masked() {
    }

    /** User information and the query's values of an address. */
    static String address(String address) {
        return address.replaceFirst("//(?!\\$\\[)[^/@?]*@", "//" + DOTS + "@").replaceAll("([?&][^=&]*=)(?!\\$\\[)[^&]+", "$1" + DOTS);
    }

    /** User information of all addresses in a text, values of query parameters that sound secret, and all but the beginning of a long stream key: others are to be read and edited. */
    static String secrets(String text) {
        return text.replaceAll("//(?!\\$\\[)[^/@?#\\s,()]*@", "//" + DOTS + "@")
            .replaceAll("(?i)([?&][a-z0-9_.-]*(?:pass|secret|token|key|auth|signature|credential)[a-z0-9_.-]*=)(?!\\$\\[)[^&\\s,()\"']+", "$1" + DOTS)
            .replaceAll("(?i)(rtmps?://[^\\s?,()\"']*/[^/\\s?,()\"'$]{4})[^/\\s?,()\"'$•]{9,}(?![^\\s?,()\"'])", "$1" + DOTS);
    }

    static String address(String given, String stored) {
        return given.equals(address(stored)) ? stored : given;
    }

    /** The values of lines {@code key=value} whose key sounds like a secret, and of all headers. */
    static String line(String line) {
        int equals = line.indexOf('=');
        boolean hide = equals > 0 && secret(line.substring(0, equals).strip()) && !line.substring(equals + 1).strip().startsWith("$[");
        return hide ? line.substring(0, equals + 1) + DOTS : line;
    }

    static List<String> lines(List<String> given, List<String> stored) {
        return given.stream().map(g -> stored.stream().filter(s -> line(s).equals(g)).findFirst().orElse(g)).toList();
    }

    private static boolean secret(String key) {
        String name = key.toLowerCase(Locale.ROOT);
        return !name.endsWith("file") && Stream.of("header.", "secret", "password", "token", "authorization", "cookie", "key").anyMatch(name::contains);
    }
}

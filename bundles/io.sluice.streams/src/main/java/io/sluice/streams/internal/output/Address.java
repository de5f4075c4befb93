package io.sluice.streams.internal.output;

import io.sluice.api.push.PushAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes a target apart: what follows the last "?" are parameters of the push, if any of them is one; else the "?" is the target's own, as in {@code rtmp://host/app/name?token=x}. */
final class Address {
    static final String FILE = "file";
    private static final int MOST_CHARACTERS = 4096;
    private static final int MOST_PARAMETERS = 64;
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\{[^{}$]*}|[A-Za-z_][A-Za-z0-9_.-]*)(\\?.*)?");
    /** Of MistServer's targets, beside those that the core does itself; a plugin's service property adds its own. */
    private static final Set<String> KNOWN = Set.of("split", "m3u8", "segment", "targetage", "maxentries", "append", "adjustsplit", "passthrough", "pkts", "tracks", "fec", "rows", "columns",
        "drop", "usp", "debug", "timeout", "sync", "ttl");

    private Address() {
    }

    /**
     * @param own names of parameters that the plugin of this scheme knows, in lower case
     * @throws IllegalArgumentException with what is wrong, without secrets
     */
    static PushAddress of(String text, Set<String> own) {
        String target = text.strip();
        if (target.isEmpty()) {
            throw new IllegalArgumentException("the target is empty");
        }
        if (target.length() > MOST_CHARACTERS) {
            throw new IllegalArgumentException("the target has " + target.length() + " characters, at most " + MOST_CHARACTERS + " are read");
        }
        if (target.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the target has a line break or another control character in it");
        }
        String scheme = scheme(target);
        int query = target.lastIndexOf('?');
        if (query < 0) {
            return new PushAddress(scheme, target, Map.of());
        }
        Map<String, String> parameters = parameters(target.substring(query + 1));
        boolean ours = scheme.equals(FILE) || parameters.isEmpty() || parameters.keySet().stream().map(n -> n.toLowerCase(Locale.ROOT)).anyMatch(n -> known(n, own));
        return ours ? new PushAddress(scheme, target.substring(0, query), parameters) : new PushAddress(scheme, target, Map.of());
    }

    private static boolean known(String name, Set<String> own) {
        return Wishes.NAMES.contains(name) || KNOWN.contains(name) || own.contains(name);
    }

    /** A target that is one variable and nothing else but parameters: its value says it all, the scheme too. */
    static boolean isVariable(String target) {
        return VARIABLE.matcher(target.strip()).matches();
    }

    /** In lower case; that of files where there is none. */
    static String scheme(String target) {
        Matcher m = SCHEME.matcher(target.strip());
        return m.matches() ? m.group(1).toLowerCase(Locale.ROOT) : FILE;
    }

    /** Of equal names the first counts. A plus sign is one: names of streams have it. */
    private static Map<String, String> parameters(String query) {
        Map<String, String> all = new LinkedHashMap<>();
        for (String pair : query.split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty()) {
                all.putIfAbsent(decoded(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        if (all.size() > MOST_PARAMETERS) {
            throw new IllegalArgumentException("the target has " + all.size() + " parameters, at most " + MOST_PARAMETERS + " are read");
        }
        return all;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }
}

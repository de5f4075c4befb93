package io.sluice.format.session;

import io.sluice.api.session.ConnectionFacts;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The fields that identify a connection, parsed once: {@code stream}, {@code address}, {@code token}, {@code protocol}, {@code userAgent}, {@code header:NAME},
 * {@code cookie:NAME}, {@code query:NAME}, {@code claim:NAME}. Immutable; from any thread.
 */
public final class SessionFields {
    private final List<Value> values = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();
    private final Set<String> headers = new LinkedHashSet<>();

    private interface Value {
        String of(ConnectionFacts facts, String token, UnaryOperator<String> claims);
    }

    private SessionFields() {
    }

    /** Never fails: names that mean nothing are in {@link #unknown()} and not in the key. */
    public static SessionFields of(List<String> names) {
        SessionFields fields = new SessionFields();
        names.stream().map(String::strip).distinct().forEach(fields::add);
        return fields;
    }

    private void add(String field) {
        int colon = field.indexOf(':');
        String name = field.substring(colon + 1);
        Value value = colon < 0 ? plain(field) : name.isBlank() ? null : named(field.substring(0, colon), name);
        if (value == null) {
            unknown.add(field);
        } else {
            values.add(value);
        }
    }

    private static Value plain(String field) {
        return switch (field) {
            case "stream" -> (facts, token, claims) -> facts.stream();
            case "address" -> (facts, token, claims) -> address(facts.address());
            case "token" -> (facts, token, claims) -> token;
            case "protocol" -> (facts, token, claims) -> facts.protocol();
            case "userAgent" -> (facts, token, claims) -> facts.userAgent();
            default -> null;
        };
    }

    private Value named(String kind, String name) {
        switch (kind) {
            case "header":
                String lower = name.toLowerCase(Locale.ROOT);
                headers.add(lower);
                return (facts, token, claims) -> facts.headers().getOrDefault(lower, "");
            case "cookie":
                return (facts, token, claims) -> Cookies.value(facts, name);
            case "query":
                return (facts, token, claims) -> facts.parameters().getOrDefault(name, "");
            case "claim":
                return (facts, token, claims) -> orEmpty(claims.apply(name));
            default:
                return null;
        }
    }

    /** Names that are none, as they were written. */
    public List<String> unknown() {
        return List.copyOf(unknown);
    }

    /** HTTP headers that the facts must hold for these fields, in lower case. */
    public Set<String> headers() {
        return Set.copyOf(headers);
    }

    /**
     * The values of a connection, in the order of the names.
     *
     * @param token  of this connection, by the strategy's rules
     * @param claims gives a claim of a verified token, or null
     */
    public List<String> key(ConnectionFacts facts, String token, UnaryOperator<String> claims) {
        List<String> key = new ArrayList<>(values.size());
        values.forEach(v -> key.add(v.of(facts, token, claims)));
        return key;
    }

    /** As {@link #key(ConnectionFacts, String, UnaryOperator)}, for a strategy that knows no claims: each is empty. */
    public List<String> key(ConnectionFacts facts, String token) {
        return key(facts, token, claim -> "");
    }

    /** The address as a text, without the zone of a local IPv6 address. */
    public static String address(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}

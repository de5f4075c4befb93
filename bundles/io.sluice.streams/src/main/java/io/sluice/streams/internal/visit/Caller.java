package io.sluice.streams.internal.visit;

import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who asks, as the protocol and the core tell it; made into {@link ConnectionFacts} once it is known for what stream. On the connection's loop.
 *
 * @param exchange null where the protocol is not HTTP's
 * @param name     of the stream as the peer wrote it
 */
public record Caller(ConnectionKind kind, Connection connection, HttpExchange exchange, String protocol, Credentials credentials, String name, String saidUrl, String saidAgent) {
    private static final int URL_CHARACTERS = 2048;
    private static final int AGENT_CHARACTERS = 512;
    private static final int HEADER_CHARACTERS = 8192;
    /** Beside what the strategies want. */
    private static final List<String> HEADERS = List.of("cookie", "authorization");

    public static Caller of(PlayRequest r) {
        return new Caller(ConnectionKind.VIEWER, r.connection(), r.exchange(), r.protocol(), r.credentials(), r.credentials().name(), r.url(), r.userAgent());
    }

    public static Caller of(PublishRequest r) {
        return new Caller(ConnectionKind.INPUT, r.connection(), r.exchange(), r.protocol(), r.credentials(), r.credentials().name(), r.url(), r.userAgent());
    }

    /** A page or a description. */
    public static Caller of(HttpExchange exchange, String stream) {
        return new Caller(ConnectionKind.UNCLASSIFIED, exchange.connection(), exchange, "http", Credentials.of(stream), stream, "", "");
    }

    /** The same peer, asking for something else. */
    public Caller as(Credentials rewritten) {
        return new Caller(kind, connection, exchange, protocol, rewritten, rewritten.name(), saidUrl, saidAgent);
    }

    public boolean http() {
        return exchange != null;
    }

    public InetAddress address() {
        return exchange != null ? exchange.remote() : connection.remote().getAddress();
    }

    public String label() {
        return protocol + " " + address().getHostAddress() + (exchange == null ? ":" + connection.remote().getPort() : "");
    }

    String userAgent() {
        String agent = exchange == null ? saidAgent : text(exchange.header("user-agent"));
        String bounded = agent.length() > AGENT_CHARACTERS ? agent.substring(0, AGENT_CHARACTERS) : agent;
        return controls(bounded) ? bounded.replaceAll("\\p{Cntrl}", "?") : bounded;
    }

    /** As the peer asked for it. */
    public String url() {
        if (exchange == null) {
            return saidUrl;
        }
        return exchange.origin() + exchange.path() + (exchange.rawQuery().isEmpty() ? "" : "?" + exchange.rawQuery());
    }

    String rawQuery() {
        return exchange == null ? "" : exchange.rawQuery();
    }

    /** Values of the headers that count, in a fixed order; "" where there is none. @throws Denied when they are too long */
    List<String> headers(Set<String> wanted) {
        if (exchange == null) {
            return List.of();
        }
        List<String> values = new ArrayList<>(HEADERS.size() + wanted.size());
        HEADERS.forEach(h -> values.add(text(exchange.header(h))));
        wanted.forEach(h -> values.add(text(exchange.header(h))));
        int length = values.stream().mapToInt(String::length).sum();
        if (length > HEADER_CHARACTERS) {
            throw new Denied(Denied.Reason.SIZE, "the headers that may name a session have " + length + " characters, at most " + HEADER_CHARACTERS + " are read");
        }
        return values;
    }

    /** @throws Denied when something is too long to be anybody's */
    ConnectionFacts facts(String stream, Set<String> wanted, Words words) {
        String url = url();
        if (url.length() > URL_CHARACTERS) {
            throw new Denied(Denied.Reason.SIZE, "the address has " + url.length() + " characters, at most " + URL_CHARACTERS + " are read");
        }
        Map<String, String> parameters = parameters();
        if (controls(url) || parameters.entrySet().stream().anyMatch(p -> controls(p.getKey()) || controls(p.getValue()))) {
            throw new Denied(Denied.Reason.SESSION, "the address has a line break or another control character in it");
        }
        return new ConnectionFacts(kind, words.same(stream), address(), words.same(protocol), connection.id(), url, words.same(userAgent()), parameters, headerMap(wanted));
    }

    /** Tokens stand in logs and in the lines that triggers get. */
    private static boolean controls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }

    private Map<String, String> parameters() {
        if (exchange != null) {
            return exchange.parameters();
        }
        Map<String, String> all = new LinkedHashMap<>();
        Query.read(Query.of(credentials.name()), all);
        credentials.parameters().forEach(all::putIfAbsent);
        Query.read(Query.of(credentials.app()), all);
        return all;
    }

    private Map<String, String> headerMap(Set<String> wanted) {
        List<String> values = headers(wanted);
        Map<String, String> map = new LinkedHashMap<>();
        int i = 0;
        for (List<String> names : List.of(HEADERS, List.copyOf(wanted))) {
            for (String name : names) {
                if (i < values.size() && !values.get(i).isEmpty()) {
                    map.put(name, values.get(i));
                }
                i++;
            }
        }
        return map;
    }

    private static String text(String header) {
        return header == null ? "" : header;
    }
}

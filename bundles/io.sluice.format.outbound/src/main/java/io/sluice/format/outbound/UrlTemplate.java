package io.sluice.format.outbound;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/**
 * A URL with variables in it (RFC 3986 section 3). The template is taken apart first: a value in a step of the path, or in a name or value of the query, is percent-encoded and
 * never becomes more than that. At the beginning, before the first slash of the path, values stand as they are: {@code $base/now?room=$room}, {@code http://$host/now}.
 */
public final class UrlTemplate {
    private static final String UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private enum Place { BASE, PATH, QUERY }

    private final String template;
    private final UnaryOperator<String> expander;
    private final StringBuilder url = new StringBuilder();
    private Place place = Place.BASE;
    private StringBuilder part = new StringBuilder();

    private UrlTemplate(String template, UnaryOperator<String> expander) {
        this.template = template;
        this.expander = expander;
    }

    /**
     * @param expander replaces what a part holds
     * @throws IllegalArgumentException with what is wrong about it or a value; and what the expander throws
     */
    public static URI expand(String template, UnaryOperator<String> expander) {
        return new UrlTemplate(template.strip(), expander).expand();
    }

    private URI expand() {
        int depth = 0;
        for (int at = 0; at < template.length(); at++) {
            char c = template.charAt(at);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (depth > 0 || !delimiter(c) || place == Place.BASE && scheme(c)) {
                part.append(c);
            } else {
                endPart();
                if (c == '#') {
                    break; // fragments are not sent
                }
                url.append(c);
                place = c == '?' ? Place.QUERY : place == Place.BASE ? Place.PATH : place;
            }
        }
        endPart();
        try {
            return new URI(url.toString());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("it is no URL: " + e.getReason());
        }
    }

    private boolean delimiter(char c) {
        return c == '#' || (place == Place.QUERY ? c == '&' || c == '=' : c == '/' || c == '?');
    }

    /** The slashes of "http://" end no part. */
    private boolean scheme(char c) {
        return c == '/' && (part.toString().endsWith(":") || part.toString().endsWith(":/"));
    }

    private void endPart() {
        String text = part.toString();
        part = new StringBuilder();
        if (text.indexOf('$') < 0) {
            url.append(text);
            return;
        }
        String value = expander.apply(text);
        url.append(place == Place.BASE ? base(text, value) : encoded(value));
    }

    /** A host from a variable must be no more than a host. */
    private static String base(String template, String value) {
        int host = template.indexOf("://") + 3;
        if (host >= 3 && template.indexOf('$') >= host && value.substring(host).matches("(?s).*[/?#@\\\\].*")) {
            throw new IllegalArgumentException("a host was wanted, '" + value.substring(host) + "' was found");
        }
        return value;
    }

    private String encoded(String value) {
        if (place == Place.PATH && (value.equals(".") || value.equals(".."))) {
            throw new IllegalArgumentException("a value leads out of the path: '" + value + "'");
        }
        StringBuilder encoded = new StringBuilder();
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (UNRESERVED.indexOf(b & 0xff) >= 0) {
                encoded.append((char) b);
            } else {
                encoded.append(String.format("%%%02X", b & 0xff));
            }
        }
        return encoded.toString();
    }
}

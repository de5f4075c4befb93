package io.sluice.target.http.internal;

import io.sluice.format.outbound.UrlTemplate;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to upload to.
 *
 * @param uri   with its variables' values
 * @param login user:password, decoded, or ""; in no other part
 */
record HttpUrl(URI uri, String login) {
    private static final Pattern FORM = Pattern.compile("(?i)(https?://)(?:([^/?#@]*)@)?([^/?#@]+/[^#]*)");

    /** @throws IllegalArgumentException with what is wrong about its form, without secrets */
    static Matcher check(String target) {
        Matcher m = FORM.matcher(target.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException("wanted http://[user:password@]host[:port]/path/name.ts");
        }
        return m;
    }

    /** @throws IllegalArgumentException with what is wrong about it or a value */
    static HttpUrl of(String target, UnaryOperator<String> expander) {
        Matcher m = check(target);
        String info = m.group(2) == null ? "" : m.group(2);
        String login = info.indexOf('$') < 0 ? info : expander.apply(info);
        URI uri = UrlTemplate.expand(m.group(1) + m.group(3), expander);
        if (uri.getHost() == null || uri.getPort() == 0 || uri.getPort() > 65535) {
            throw new IllegalArgumentException("the URL has no host, or no port from 1 to 65535");
        }
        return new HttpUrl(uri, java.net.URLDecoder.decode(login.replace("+", "%2B"), StandardCharsets.UTF_8));
    }

    /** What lies in it. @param name needs no encoding */
    HttpUrl in(String name) {
        String path = uri.getRawPath().replaceFirst("/+$", "") + "/" + name;
        return new HttpUrl(URI.create(uri.getScheme() + "://" + uri.getRawAuthority() + path + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())), login);
    }

    boolean tls() {
        return uri.getScheme().toLowerCase(Locale.ROOT).equals("https");
    }

    /** Without brackets. */
    String host() {
        String host = uri.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : tls() ? 443 : 80;
    }

    /** The last part of the path after its last dot, in lower case, or "". */
    static String extension(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.lastIndexOf('.') < 0 ? "" : name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    String extension() {
        return extension(uri.getPath());
    }

    /** RFC 9112 section 3.2.1; the request's head up to its own headers. */
    String head(String method) {
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        String authorization = login.isEmpty() ? ""
            : "Authorization: Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)) + "\r\n";
        return method + " " + target + " HTTP/1.1\r\nHost: " + uri.getHost() + (uri.getPort() > 0 ? ":" + uri.getPort() : "") + "\r\nUser-Agent: Sluice\r\n" + authorization;
    }

    /** For pages and logs. */
    String shown() {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() > 0 ? ":" + uri.getPort() : "") + uri.getPath() + (uri.getRawQuery() == null ? "" : "?…");
    }

    @Override
    public String toString() {
        return shown();
    }
}

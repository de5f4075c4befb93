package io.sluice.target.rtmp.internal;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where to publish. Taken apart before its variables are expanded, so that a value stays in its part.
 *
 * @param host     IPv6 without brackets
 * @param port     "" for the scheme's own
 * @param user     decoded, "" where there is none; so is the password
 * @param app      the application
 * @param name     of the stream there, without its query
 * @param query    the receiver's own, with the "?", or ""
 */
record RtmpUrl(boolean tls, String host, String port, String user, String password, String app, String name, String query) {
    private static final Pattern FORM = Pattern.compile("(?i)(rtmps?)://(?:([^/]*)@)?(\\[[0-9A-Fa-f:.]+]|[^/:@\\[\\]]+)(?::([^/:]+))?/([^?]+)(\\?.*)?");
    private static final String WANTED = "wanted rtmp://[user:password@]host[:port]/app/stream";
    private static final int SHOWN = 4;
    private static final int LONG_NAME = 12;
    private static final int RTMP_PORT = 1935;
    private static final int RTMPS_PORT = 443;

    /**
     * @param appSegments how many parts of the path are the application; at least one is left for the name
     * @throws IllegalArgumentException with what is wrong, without secrets
     */
    static RtmpUrl parse(String target, int appSegments) {
        Matcher m = FORM.matcher(target.strip());
        if (!m.matches()) {
            throw new IllegalArgumentException(WANTED + (target.indexOf('/', target.indexOf("://") + 3) < 0 ? "; the path is missing" : ""));
        }
        String path = m.group(5);
        int split = -1;
        for (int i = 0, at = path.indexOf('/'); i < appSegments && at > 0; i++, at = path.indexOf('/', at + 1)) {
            split = at;
        }
        if (split < 0 || split == path.length() - 1) {
            throw new IllegalArgumentException(WANTED + "; the stream's name is missing");
        }
        String info = m.group(2) == null ? "" : m.group(2);
        int colon = info.indexOf(':');
        String host = m.group(3).startsWith("[") ? m.group(3).substring(1, m.group(3).length() - 1) : m.group(3);
        RtmpUrl url = new RtmpUrl(m.group(1).length() > 4, host, m.group(4) == null ? "" : m.group(4), decoded(colon < 0 ? info : info.substring(0, colon)),
            colon < 0 ? "" : decoded(info.substring(colon + 1)), path.substring(0, split), path.substring(split + 1), m.group(6) == null ? "" : m.group(6));
        if (url.port.indexOf('$') < 0) {
            url.portNumber();
        }
        return url;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /**
     * @param expander of one part
     * @throws IllegalArgumentException where a value would be more than its part
     */
    RtmpUrl expand(BiFunction<String, Map<String, String>, String> expander) {
        RtmpUrl url = new RtmpUrl(tls, part("host", host, "[A-Za-z0-9._:-]+", expander), part("port", port, "[0-9]*", expander), part("user", user, ".*", expander),
            part("password", password, ".*", expander), part("application", app, "[^?&#\\s]+", expander), part("stream", name, "[^?&#\\s]+", expander),
            query.indexOf('$') < 0 ? query : "?" + part("query", query.substring(1), "[^?#\\s]*", expander));
        url.portNumber();
        return url;
    }

    private static String part(String what, String template, String wanted, BiFunction<String, Map<String, String>, String> expander) {
        if (template.indexOf('$') < 0) {
            return template;
        }
        String value = expander.apply(template, Map.of());
        if (!value.matches(wanted) || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("the " + what + " of the target becomes something else by a variable's value");
        }
        return value;
    }

    int portNumber() {
        if (port.isEmpty()) {
            return tls ? RTMPS_PORT : RTMP_PORT;
        }
        int number = port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
        if (number < 1 || number > 65535) {
            throw new IllegalArgumentException("a port from 1 to 65535 was wanted, '" + port + "' was found");
        }
        return number;
    }

    /** For the receiver: where the application is. */
    String tcUrl() {
        return base() + "/" + app;
    }

    private String base() {
        return (tls ? "rtmps://" : "rtmp://") + (host.contains(":") ? "[" + host + "]" : host) + (port.isEmpty() ? "" : ":" + port);
    }

    /** For pages and logs: a long name is a key, of which the beginning is enough. */
    String shown() {
        return tcUrl() + "/" + shownName() + (query.isEmpty() ? "" : "?…");
    }

    private String shownName() {
        return name.length() > LONG_NAME ? name.substring(0, SHOWN) + "…" : name;
    }

    /** A receiver's words, in which it may repeat what it was told, for pages and logs. */
    String hideIn(String words) {
        String hidden = words.replace(name, shownName());
        for (String secret : new String[] {query, query.substring(query.lastIndexOf('=') + 1), password}) {
            hidden = secret.length() < SHOWN ? hidden : hidden.replace(secret, "…");
        }
        return hidden;
    }

    @Override
    public String toString() {
        return shown();
    }
}

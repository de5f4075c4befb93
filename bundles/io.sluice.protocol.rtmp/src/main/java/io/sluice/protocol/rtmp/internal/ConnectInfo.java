package io.sluice.protocol.rtmp.internal;

import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Credentials;
import io.sluice.format.rtmp.Fields;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a peer said of itself in "connect", section 7.2.1.1. It may hold secrets: never printed.
 *
 * @param app        application, without its query
 * @param parameters of the queries of app and tcUrl
 * @param tcUrl      as the peer wrote it: where it believes the application to be
 * @param agent      what it calls itself, flashVer
 * @param user       of tcUrl's user:password@ or the object's pubUser, or ""
 */
record ConnectInfo(String app, Map<String, String> parameters, String user, String password, String tcUrl, String agent) {
    /** A query with more is no address that a person wrote. */
    private static final int MAX_PARAMETERS = 64;

    static ConnectInfo of(Map<?, ?> object) {
        String app = text(object, "app");
        String url = text(object, "tcUrl");
        Map<String, String> parameters = new LinkedHashMap<>();
        query(url, parameters);
        query(app, parameters);
        String userInfo = userInfo(url);
        int colon = userInfo.indexOf(':');
        String user = userInfo.isEmpty() ? text(object, "pubUser") : decode(colon < 0 ? userInfo : userInfo.substring(0, colon));
        String password = userInfo.isEmpty() ? text(object, "pubPasswd") : colon < 0 ? "" : decode(userInfo.substring(colon + 1));
        return new ConnectInfo(withoutQuery(app), parameters, user, password, url, text(object, "flashVer"));
    }

    /** What the peer asks for, as one address. */
    String url(String name) {
        int query = tcUrl.indexOf('?');
        return (query < 0 ? tcUrl : tcUrl.substring(0, query)) + "/" + name + (query < 0 ? "" : (name.contains("?") ? "&" : "?") + tcUrl.substring(query + 1));
    }

    /** @param name as the peer wrote it; the prefixes that Flash used to tell a file's type are cut off, as clients put them there unasked */
    Credentials credentials(String name) {
        boolean prefixed = name.startsWith("mp4:") || name.startsWith("flv:");
        return new Credentials(app, prefixed ? name.substring(4) : name, parameters, user, password);
    }

    private static String text(Map<?, ?> object, String key) {
        return object.get(key) instanceof String s ? s : "";
    }

    private static String withoutQuery(String s) {
        int query = s.indexOf('?');
        String path = query < 0 ? s : s.substring(0, query);
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String userInfo(String url) {
        int begin = url.indexOf("://") + 3;
        int slash = url.indexOf('/', begin);
        int at = url.lastIndexOf('@', slash < 0 ? url.length() : slash);
        return begin > 2 && at > begin ? url.substring(begin, at) : "";
    }

    private static void query(String s, Map<String, String> into) {
        int query = s.indexOf('?');
        if (query < 0) {
            return;
        }
        for (String pair : s.substring(query + 1).split("&")) {
            int equals = pair.indexOf('=');
            if (!pair.isEmpty() && into.size() < MAX_PARAMETERS) {
                into.put(decode(equals < 0 ? pair : pair.substring(0, equals)), equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
    }

    private static String decode(String s) {
        try {
            return URLDecoder.decode(s, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return s;
        }
    }

    Snapshot snapshot(int schema) {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((key, value) -> {
            pairs.add(key);
            pairs.add(value);
        });
        return Snapshot.of(schema).put("app", app).put("parameters", pairs).put("user", user).put("password", password).put("tcUrl", tcUrl).put("agent", agent).build();
    }

    static ConnectInfo from(Fields fields) {
        Map<String, String> parameters = new LinkedHashMap<>();
        List<String> pairs = fields.texts("parameters");
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            parameters.put(pairs.get(i), pairs.get(i + 1));
        }
        return new ConnectInfo(fields.text("app", ""), parameters, fields.text("user", ""), fields.text("password", ""), fields.text("tcUrl", ""), fields.text("agent", ""));
    }

    @Override
    public String toString() {
        return "app " + app;
    }
}

package io.sluice.admin.player.internal;

import io.sluice.api.net.Connections;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The addresses of one stream, as the client that asks knows this server.
 *
 * @param origin scheme and authority, without "/" at the end
 * @param name   of the stream
 * @param links  query that tells who asks, for addresses that this client itself opens, or ""
 * @param rtmp   address of the application, such as "rtmp://host/live", or "" where nothing listens
 */
record Addresses(String origin, String name, String links, String rtmp) {
    private static final String UNRESERVED = "-._~!$&'()*+,;=:@/";
    private static final int RTMP_PORT = 1935;
    private static final int RTMPS_PORT = 443;

    static Addresses of(String origin, String name, String links, List<Connections.Listener> listeners) {
        Connections.Listener found = null;
        for (Connections.Listener listener : listeners) {
            boolean usable = listener.protocols().contains("rtmp") && listener.problem().isEmpty();
            if (usable && (found == null || found.tls() && !listener.tls())) {
                found = listener;
            }
        }
        return new Addresses(origin, name, links, found == null ? "" : rtmp(origin, found));
    }

    private static String rtmp(String origin, Connections.Listener listener) {
        String host = URI.create(origin).getHost();
        String port = listener.local().substring(listener.local().lastIndexOf(':') + 1);
        boolean usual = port.equals(String.valueOf(listener.tls() ? RTMPS_PORT : RTMP_PORT));
        return (listener.tls() ? "rtmps://" : "rtmp://") + (host == null ? "localhost" : host) + (usual ? "" : ":" + port) + "/live";
    }

    String page() {
        return origin + (name.contains("/") ? "/player.html?stream=" + encoded(name, false) : "/" + encoded(name, true) + ".html");
    }

    String json() {
        return origin + (name.contains("/") ? "/json_.js?stream=" + encoded(name, false) : "/json_" + encoded(name, true) + ".js");
    }

    /** To be shown: knows nobody. */
    String hlsPath() {
        return "/hls/" + encoded(name, true) + "/index.m3u8";
    }

    /** For the client that asks. */
    String ownHlsPath() {
        return known(hlsPath());
    }

    /** For the client that asks; "" where nothing listens. */
    String ownRtmpPlay() {
        return rtmp.isEmpty() ? "" : known(rtmpPlay());
    }

    private String known(String address) {
        return links.isEmpty() ? address : address + "?" + links;
    }

    /** "" where nothing listens. RTMP has no encoding: what stands in the address is the name. */
    String rtmpPlay() {
        return rtmp.isEmpty() ? "" : rtmp + "/" + name;
    }

    String embed() {
        String src = page() + (name.contains("/") ? "&embed" : "?embed");
        return "<iframe src=\"" + src.replace("&", "&amp;").replace("\"", "&quot;") + "\" width=\"854\" height=\"480\" allow=\"autoplay; fullscreen\"></iframe>";
    }

    /** Percent-encoding of RFC 3986 section 3.3. */
    private static String encoded(String text, boolean path) {
        StringBuilder out = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || (path ? UNRESERVED : "-._~/").indexOf(c) >= 0;
            if (plain && c != '\'') {
                out.append(c);
            } else {
                out.append(String.format("%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}

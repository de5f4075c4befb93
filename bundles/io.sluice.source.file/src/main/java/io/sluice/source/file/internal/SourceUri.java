package io.sluice.source.file.internal;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * The URI of a file: {@code SCHEME:PATH?loop=true}. Also without a slash after the scheme, where java.net.URI knows no path and no query.
 *
 * @param scheme "file" or "bundle"
 * @param path   decoded
 * @param loop   over and over
 */
record SourceUri(String scheme, String path, boolean loop) {
    /** @throws IllegalArgumentException naming what was wanted */
    static SourceUri parse(URI uri) {
        String rest = uri.getRawSchemeSpecificPart();
        int mark = rest.indexOf('?');
        String path = decoded(mark < 0 ? rest : rest.substring(0, mark));
        if (path.startsWith("//")) {
            path = withoutHost(path, uri);
        }
        if (path.isEmpty() || path.equals("/") || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("'" + uri.getScheme() + ":PATH?loop=true' was wanted, '" + uri + "' names no file");
        }
        return new SourceUri(uri.getScheme(), path, mark >= 0 && loop(rest.substring(mark + 1), uri));
    }

    private static String withoutHost(String path, URI uri) {
        int slash = path.indexOf('/', 2);
        String host = slash < 0 ? path.substring(2) : path.substring(2, slash);
        if (!host.isEmpty() && !host.equals("localhost")) {
            throw new IllegalArgumentException("'" + uri + "' names the host '" + host + "': only files of this machine can be read");
        }
        return slash < 0 ? "" : path.substring(slash);
    }

    private static boolean loop(String query, URI uri) {
        boolean loop = false;
        for (String parameter : query.split("&")) {
            switch (parameter) {
                case "loop", "loop=true", "loop=1" -> loop = true;
                case "", "loop=false", "loop=0" -> loop = false;
                default -> throw new IllegalArgumentException("'" + uri + "' has the parameter '" + parameter + "'; loop=true and loop=false are known");
            }
        }
        return loop;
    }

    private static String decoded(String raw) {
        try {
            return new URI("x:" + raw).getSchemeSpecificPart();
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + raw + "' is no path in a URI: " + e.getMessage());
        }
    }

    @Override
    public String toString() {
        return scheme + ":" + path + (loop ? "?loop=true" : "");
    }
}

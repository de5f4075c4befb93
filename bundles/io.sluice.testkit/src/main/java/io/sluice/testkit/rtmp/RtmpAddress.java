package io.sluice.testkit.rtmp;

import java.net.URI;

/** The application and the stream of rtmp://host:port/app/stream?query: what follows the application, query included, is the stream's name. */
record RtmpAddress(URI uri, String app, String stream) {
    static RtmpAddress of(URI uri) {
        String path = uri.getRawPath().substring(1);
        int slash = path.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("wanted rtmp://host:port/app/stream, got " + uri.getScheme() + "://" + uri.getAuthority() + uri.getRawPath());
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new RtmpAddress(uri, path.substring(0, slash), path.substring(slash + 1) + query);
    }
}

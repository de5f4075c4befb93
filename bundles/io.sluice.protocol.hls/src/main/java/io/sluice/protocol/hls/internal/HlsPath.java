package io.sluice.protocol.hls.internal;

/**
 * What a request asks for. Names of streams may have slashes, so the end of the path decides: {@code /0/index.m3u8} is a media playlist before
 * {@code /index.m3u8} is a master playlist.
 *
 * @param segment the segment's path relative to the stream, or ""
 */
record HlsPath(String stream, Kind kind, String segment) {
    enum Kind { MASTER, MEDIA, SEGMENT }

    private static final String PREFIX = "/hls/";
    private static final String PLAYLIST = "/index.m3u8";

    /** @return null for what is none of ours */
    static HlsPath parse(String path) {
        if (!path.startsWith(PREFIX)) {
            return null;
        }
        String rest = path.substring(PREFIX.length());
        String media = "/" + SegmentPath.VARIANT + PLAYLIST;
        if (rest.endsWith(media)) {
            return of(rest, media.length(), Kind.MEDIA);
        }
        if (rest.endsWith(PLAYLIST)) {
            return of(rest, PLAYLIST.length(), Kind.MASTER);
        }
        int variant = rest.lastIndexOf('/', rest.lastIndexOf('/') - 1);
        return variant > 0 && SegmentPath.matches(rest.substring(variant + 1)) ? of(rest, rest.length() - variant, Kind.SEGMENT) : null;
    }

    private static HlsPath of(String rest, int suffix, Kind kind) {
        String stream = rest.substring(0, rest.length() - suffix);
        return stream.isEmpty() ? null : new HlsPath(stream, kind, kind == Kind.SEGMENT ? rest.substring(stream.length() + 1) : "");
    }
}

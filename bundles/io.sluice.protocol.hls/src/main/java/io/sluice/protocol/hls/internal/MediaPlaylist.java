package io.sluice.protocol.hls.internal;

import io.sluice.api.stream.Segment;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A media playlist of version 3, RFC 8216 section 4.3.3. */
final class MediaPlaylist {
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private MediaPlaylist() {
    }

    /**
     * @param listed oldest first, at least one
     * @param links  the query that addresses carry, or ""
     */
    static String text(List<Segment> listed, long discontinuitySequence, boolean ended, String links) {
        StringBuilder out = new StringBuilder("#EXTM3U\n#EXT-X-VERSION:3\n");
        out.append("#EXT-X-TARGETDURATION:").append(SegmentPath.targetSeconds(listed)).append('\n');
        out.append("#EXT-X-MEDIA-SEQUENCE:").append(listed.get(0).sequence()).append('\n');
        if (discontinuitySequence > 0) {
            out.append("#EXT-X-DISCONTINUITY-SEQUENCE:").append(discontinuitySequence).append('\n');
        }
        String query = links.isEmpty() ? "" : "?" + links;
        listed.forEach(s -> append(out, s, query));
        return (ended ? out.append("#EXT-X-ENDLIST\n") : out).toString();
    }

    private static void append(StringBuilder out, Segment s, String query) {
        if (s.discontinuity()) {
            out.append("#EXT-X-DISCONTINUITY\n");
        }
        out.append("#EXT-X-PROGRAM-DATE-TIME:").append(DATE.format(Instant.ofEpochMilli(s.wallMillis()))).append('\n');
        long millis = (s.durationNanos() + 500_000) / 1_000_000;
        out.append(String.format(Locale.ROOT, "#EXTINF:%d.%03d,\n", millis / 1000, millis % 1000));
        out.append(s.path().substring(SegmentPath.VARIANT.length() + 1)).append(query).append('\n');
    }
}

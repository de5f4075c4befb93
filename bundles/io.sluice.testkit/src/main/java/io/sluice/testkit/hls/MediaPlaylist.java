package io.sluice.testkit.hls;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * A media playlist (RFC 8216, 4.3).
 *
 * @param targetSeconds         EXT-X-TARGETDURATION
 * @param sequence              of the first entry
 * @param discontinuitySequence EXT-X-DISCONTINUITY-SEQUENCE, 0 where absent
 * @param ended                 has EXT-X-ENDLIST
 * @param entries               in order
 */
record MediaPlaylist(int targetSeconds, long sequence, long discontinuitySequence, boolean ended, List<Entry> entries) {
    /**
     * @param uri      absolute
     * @param sequence media sequence number
     * @param seconds  EXTINF
     * @param wall     EXT-X-PROGRAM-DATE-TIME, or null
     */
    record Entry(URI uri, long sequence, double seconds, boolean discontinuity, Instant wall) {
    }

    /** @throws IllegalArgumentException when it is no media playlist, or lacks what one must have */
    static MediaPlaylist parse(URI base, String text) {
        if (!text.startsWith("#EXTM3U")) {
            throw new IllegalArgumentException("does not begin with #EXTM3U");
        }
        int target = -1;
        long sequence = 0;
        long discontinuities = 0;
        List<Entry> entries = new ArrayList<>();
        double seconds = -1;
        boolean discontinuity = false;
        Instant wall = null;
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.startsWith("#EXT-X-TARGETDURATION:")) {
                target = Integer.parseInt(value(line));
            } else if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
                sequence = Long.parseLong(value(line));
            } else if (line.startsWith("#EXT-X-DISCONTINUITY-SEQUENCE:")) {
                discontinuities = Long.parseLong(value(line));
            } else if (line.equals("#EXT-X-DISCONTINUITY")) {
                discontinuity = true;
            } else if (line.startsWith("#EXT-X-PROGRAM-DATE-TIME:")) {
                wall = instant(value(line));
            } else if (line.startsWith("#EXTINF:")) {
                seconds = Double.parseDouble(value(line).split(",")[0]);
            } else if (!line.isEmpty() && !line.startsWith("#")) {
                entries.add(new Entry(base.resolve(line), sequence + entries.size(), seconds, discontinuity, wall));
                seconds = -1;
                discontinuity = false;
                wall = null;
            }
        }
        if (target < 0) {
            throw new IllegalArgumentException("has no EXT-X-TARGETDURATION");
        }
        return new MediaPlaylist(target, sequence, discontinuities, text.contains("#EXT-X-ENDLIST"), List.copyOf(entries));
    }

    /** ffmpeg writes offsets as +0000, others as Z or +00:00. */
    private static Instant instant(String text) {
        return OffsetDateTime.parse(text.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2")).toInstant();
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1);
    }
}

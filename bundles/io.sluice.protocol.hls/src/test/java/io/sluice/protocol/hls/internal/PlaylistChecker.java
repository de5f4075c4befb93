package io.sluice.protocol.hls.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a media playlist as RFC 8216 says it must be written, line by line; whatever is not allowed fails the test. */
final class PlaylistChecker {
    record Entry(String uri, double seconds, Instant date, boolean discontinuity) {
    }

    private static final Pattern EXTINF = Pattern.compile("#EXTINF:(\\d+\\.\\d{3}),");
    private static final Pattern DATE = Pattern.compile("#EXT-X-PROGRAM-DATE-TIME:(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z)");

    final List<Entry> entries = new ArrayList<>();
    int target;
    long sequence;
    long discontinuitySequence;
    boolean ended;
    private double seconds = -1;
    private Instant date;
    private boolean discontinuity;

    PlaylistChecker(String text) {
        assertTrue(text.startsWith("#EXTM3U\n"), "section 4.3.1.1: the first line is #EXTM3U");
        assertTrue(text.endsWith("\n"), "section 4.1: lines end in a line feed");
        assertTrue(text.indexOf('\r') < 0 && text.indexOf('\uFEFF') < 0, "section 4.1: no byte order mark");
        text.lines().skip(1).forEach(this::line);
        assertTrue(target > 0, "section 4.3.3.1: EXT-X-TARGETDURATION is required");
        assertTrue(seconds < 0 && date == null && !discontinuity, "section 4.3.2: tags apply to a URI that follows");
    }

    private void line(String line) {
        Matcher extinf = EXTINF.matcher(line);
        Matcher dated = DATE.matcher(line);
        assertTrue(!ended, "nothing follows EXT-X-ENDLIST here");
        if (line.startsWith("#EXT-X-VERSION:")) {
            assertEquals("3", value(line));
        } else if (line.startsWith("#EXT-X-TARGETDURATION:")) {
            target = Integer.parseInt(header(line));
        } else if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) {
            sequence = Long.parseLong(header(line));
        } else if (line.startsWith("#EXT-X-DISCONTINUITY-SEQUENCE:")) {
            discontinuitySequence = Long.parseLong(header(line));
        } else if (line.equals("#EXT-X-DISCONTINUITY")) {
            discontinuity = true;
        } else if (line.equals("#EXT-X-ENDLIST")) {
            ended = true;
        } else if (extinf.matches()) {
            seconds = Double.parseDouble(extinf.group(1));
            assertTrue(Math.round(seconds) <= target, "section 4.3.3.1: " + seconds + " rounds to more than " + target);
        } else if (dated.matches()) {
            date = Instant.parse(dated.group(1));
        } else {
            uri(line);
        }
    }

    /** Tags of section 4.3.3 stand once, before the first segment. */
    private String header(String line) {
        assertTrue(entries.isEmpty() && !discontinuity, "before the first segment: " + line);
        return value(line);
    }

    private void uri(String line) {
        assertTrue(!line.startsWith("#") && !line.isBlank(), "unknown line: " + line);
        assertTrue(seconds >= 0, "section 4.3.2.1: EXTINF is required for each segment");
        entries.add(new Entry(line, seconds, date, discontinuity));
        seconds = -1;
        date = null;
        discontinuity = false;
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1);
    }
}

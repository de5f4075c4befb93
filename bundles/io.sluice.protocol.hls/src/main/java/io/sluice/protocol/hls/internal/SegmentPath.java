package io.sluice.protocol.hls.internal;

import io.sluice.api.stream.Segment;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of segments: {@code 0/17-2s.ts} is number 17 of variant 0 in a playlist whose target duration is 2 seconds. The target duration stands there because a
 * playlist is made of nothing but the listed segments, by whichever version is elected, and must never change it.
 */
final class SegmentPath {
    static final String VARIANT = "0";
    private static final Pattern FORM = Pattern.compile(VARIANT + "/\\d{1,18}-(\\d{1,5})s\\.ts");

    private SegmentPath() {
    }

    static String of(long sequence, int targetSeconds) {
        return VARIANT + "/" + sequence + "-" + targetSeconds + "s.ts";
    }

    static boolean matches(String path) {
        return FORM.matcher(path).matches();
    }

    /** What the segments promise, and at the very least what they keep. */
    static int targetSeconds(List<Segment> segments) {
        int target = 1;
        for (Segment s : segments) {
            Matcher m = FORM.matcher(s.path());
            int said = m.matches() ? Integer.parseInt(m.group(1)) : 0;
            target = Math.max(target, Math.max(said, (int) ((s.durationNanos() + 500_000_000) / 1_000_000_000)));
        }
        return target;
    }
}

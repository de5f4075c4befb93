package io.sluice.testkit.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlaylistRulesTest {
    private final PlaylistRules rules = new PlaylistRules();

    private int load(int target, int sequence, int discontinuities, String... entries) {
        StringBuilder text = new StringBuilder("#EXTM3U\n#EXT-X-TARGETDURATION:" + target + "\n#EXT-X-MEDIA-SEQUENCE:" + sequence
            + "\n#EXT-X-DISCONTINUITY-SEQUENCE:" + discontinuities + "\n");
        for (String entry : entries) {
            text.append(entry.startsWith("!") ? "#EXT-X-DISCONTINUITY\n" : "").append("#EXTINF:2.000,\n").append(entry.replace("!", "")).append('\n');
        }
        return rules.load(MediaPlaylist.parse(URI.create("http://h/x/index.m3u8"), text.toString())).size();
    }

    private void assertFault(String part) {
        assertEquals(1, rules.faults().size(), rules.faults().toString());
        assertTrue(rules.faults().get(0).contains(part), rules.faults().toString());
    }

    @Test
    void aWindowThatMovesOnIsFaultless() {
        assertEquals(3, load(2, 0, 0, "0.ts", "!1.ts", "2.ts"));
        assertEquals(0, load(2, 0, 0, "0.ts", "!1.ts", "2.ts"));
        assertEquals(1, load(2, 1, 0, "!1.ts", "2.ts", "3.ts"));
        assertEquals(1, load(2, 2, 1, "2.ts", "3.ts", "4.ts"));
        assertEquals(List.of(), rules.faults());
    }

    @Test
    void aChangedTargetDurationIsAFault() {
        load(2, 0, 0, "0.ts");
        load(3, 0, 0, "0.ts");
        assertFault("TARGETDURATION");
    }

    @Test
    void aSegmentRemovedInTheMiddleIsAFault() {
        load(2, 0, 0, "0.ts", "1.ts", "2.ts");
        load(2, 0, 0, "0.ts", "2.ts");
        assertTrue(rules.faults().stream().anyMatch(f -> f.contains("segment 1 was")), rules.faults().toString());
    }

    @Test
    void aForgottenDiscontinuityIsAFault() {
        load(2, 0, 0, "!0.ts", "1.ts");
        load(2, 1, 0, "1.ts", "2.ts");
        assertFault("DISCONTINUITY-SEQUENCE");
    }

    @Test
    void aSegmentThatWasNeverListedIsAFault() {
        load(2, 0, 0, "0.ts", "1.ts");
        load(2, 3, 0, "3.ts", "4.ts");
        assertFault("segment 2 was never listed");
    }

    @Test
    void aTooLongSegmentIsAFault() {
        load(1, 0, 0, "0.ts");
        assertFault("longer than the target duration");
    }
}

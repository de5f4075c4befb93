package io.sluice.testkit.media;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipFramesTest {
    @TempDir
    Path folder;

    /** A configuration and three audio frames, 20 ms each, from 16777216 ms on: past the 24 bits of the tag's lower field. */
    private ClipFrames clip() throws IOException {
        String config = "08 000004 000000 01 000000 af001190 0000000f";
        StringBuilder hex = new StringBuilder("464c56 01 04 00000009 00000000").append(config);
        for (int i = 0; i < 3; i++) {
            hex.append("08 000003 0000%02x 01 000000 af01%02x 0000000e".formatted(20 * i, i));
        }
        return ClipFrames.of(Files.write(folder.resolve("clip.flv"), HexFormat.of().parseHex(hex.toString().replace(" ", ""))));
    }

    @Test
    void headersAndMediaAreToldApart() throws IOException {
        assertEquals(1, clip().headers().size());
        assertEquals(List.of(16777216L, 16777236L, 16777256L), clip().media().stream().map(MediaFrame::millis).toList());
    }

    @Test
    void aLoopGoesOnInTime() throws IOException {
        Iterator<MediaFrame> looped = clip().looped(1000);
        assertTrue(looped.next().header());
        List<Long> times = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            times.add(looped.next().millis());
        }
        assertEquals(List.of(1000L, 1020L, 1040L, 1060L, 1080L, 1100L), times);
    }
}

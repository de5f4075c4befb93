package io.sluice.format.mp4;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.junit.jupiter.api.Test;

class DemoClipTest {
    private static final Path CLIP = Path.of("../io.sluice.demo/src/main/resources/demo.mp4");

    @Test
    void theDemoClipHasBothTracksOfExactlyTheSameLength() throws Exception {
        try (SeekableByteChannel in = Files.newByteChannel(CLIP)) {
            Mp4File file = Mp4File.open(in);
            assertEquals("[H.264 1280x720, AAC 48000 Hz 2 ch]", file.tracks().stream().map(t -> t.track().toString()).toList().toString());
            assertEquals(24_000_000_000L, file.tracks().get(0).endNanos());
            assertEquals(24_000_000_000L, file.tracks().get(1).endNanos());
            assertEquals(720, file.tracks().get(0).sampleCount());
            assertEquals(1125, file.tracks().get(1).sampleCount());
            assertTrue(Files.size(CLIP) < 2_000_000);
        }
    }

    @Test
    void theDemoClipIsInOrderWithAKeyFrameEachTwoSeconds() throws Exception {
        try (SeekableByteChannel in = Files.newByteChannel(CLIP)) {
            long last = Long.MIN_VALUE;
            long keys = 0;
            long firstShown = Long.MAX_VALUE;
            for (Iterator<Mp4Sample> samples = Mp4File.open(in).samples(); samples.hasNext();) {
                Mp4Sample s = samples.next();
                assertTrue(s.dtsNanos() >= last);
                last = s.dtsNanos();
                boolean picture = s.track().track().width() > 0;
                keys += picture && s.key() ? 1 : 0;
                firstShown = picture ? Math.min(firstShown, s.ptsNanos()) : firstShown;
            }
            assertEquals(12, keys);
            assertEquals(0, firstShown);
        }
    }
}

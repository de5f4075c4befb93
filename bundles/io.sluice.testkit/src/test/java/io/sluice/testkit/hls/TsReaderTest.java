package io.sluice.testkit.hls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.FrameLedger;
import io.sluice.testkit.media.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same frames in FLV and in the transport stream that ffmpeg makes of them. */
class TsReaderTest {
    @TempDir
    Path folder;

    private final FrameLedger ledger = new FrameLedger();
    private byte[] ts;

    @BeforeEach
    void makeBoth() throws IOException {
        assumeTrue(Program.present("ffmpeg"), "ffmpeg makes the transport stream of this test");
        Ffmpeg ffmpeg = Ffmpeg.installed();
        Path flv = ffmpeg.clip(folder.resolve("clip.flv"), 3, 2);
        ffmpeg.run(List.of("-i", flv.toString(), "-c", "copy", folder.resolve("clip.ts").toString())).output(Duration.ofSeconds(60));
        ClipFrames.of(flv).media().forEach(ledger::published);
        ts = Files.readAllBytes(folder.resolve("clip.ts"));
        assertEquals(75, ledger.published(Kind.VIDEO).size());
    }

    private static TsReader read(byte[] bytes) {
        TsReader reader = new TsReader();
        reader.segment("clip", bytes, false);
        return reader;
    }

    @Test
    void framesHashAlikeInBothContainers() {
        TsReader reader = read(ts);
        assertEquals(List.of(), reader.faults());
        ledger.requireExact("TS", Kind.VIDEO, reader.frames(Kind.VIDEO), 75);
        ledger.requireExact("TS", Kind.AUDIO, reader.frames(Kind.AUDIO), 140);
        assertEquals(List.of(), ledger.faults(Kind.VIDEO, reader.frames(Kind.VIDEO), 2));
    }

    @Test
    void thePackingIsCounted() {
        TsFacts facts = new TsReader().segment("clip", ts, false);
        assertEquals(ts.length / 188, facts.packets());
        assertEquals(75, facts.videoPes());
        assertTrue(facts.pats() > 5, facts.toString());
        assertTrue(facts.audioPes() > 0 && facts.audioPes() < 140, facts.toString());
    }

    @Test
    void aMissingPacketIsAFault() {
        ByteArrayOutputStream cut = new ByteArrayOutputStream();
        cut.write(ts, 0, 100 * 188);
        cut.write(ts, 101 * 188, ts.length - 101 * 188);
        assertFalse(read(cut.toByteArray()).faults().isEmpty());
    }

    @Test
    void aSegmentWithoutTablesIsAFault() {
        byte[] tail = java.util.Arrays.copyOfRange(ts, 20 * 188, 40 * 188);
        assertTrue(read(tail).faults().get(0).contains("before PAT and PMT"));
    }
}

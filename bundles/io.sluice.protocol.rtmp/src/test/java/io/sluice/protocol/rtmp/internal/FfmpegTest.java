package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The ffmpeg of the machine publishes to the handler over a real socket, and plays from it. */
class FfmpegTest {
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void whatFfmpegPublishesItPlaysBackFrameForFrame() throws Exception {
        assumeTrue(new File("/usr/bin/ffmpeg").canExecute(), "there is no ffmpeg");
        FakeStreams streams = new FakeStreams();
        try (LoopbackServer server = new LoopbackServer(new RtmpProtocol(streams, Configs.standard(), WireChoices.ofThisBuild(), System::nanoTime))) {
            String url = "rtmp://127.0.0.1:" + server.port() + "/live/mine";
            run("ffmpeg", "-v", "warning", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-f", "lavfi", "-i", "sine", "-t", "4", "-c:v", "libx264", "-preset",
                "ultrafast", "-bf", "2", "-g", "25", "-c:a", "aac", "-f", "flv", url + "?key=K");
            server.onLoop(() -> {
                streams.end();
                return null;
            }).get();
            assertEquals("mine?key=K", streams.published.credentials().name());
            assertEquals("live", streams.published.credentials().app());
            assertEquals(1, streams.trackChanges);
            assertEquals("[H.264 320x240, AAC 44100 Hz 1 ch]", streams.tracks.list().toString());
            assertEquals(100, streams.frames.stream().filter(f -> f.isVideo()).count());
            assertTrue(streams.frames.stream().anyMatch(f -> f.ptsNanos() != f.dtsNanos()), "B-frames");
            Published played = probe(url);
            assertEquals("", played.warnings);
            assertEquals(streams.frames.size(), played.packets.size());
        }
    }

    private record Published(List<String> packets, String warnings) {
    }

    private static Published probe(String url) throws IOException, InterruptedException {
        String out = run("ffprobe", "-v", "warning", "-show_entries", "packet=stream_index,pts,dts", "-of", "csv=p=0", url);
        List<String> lines = out.lines().filter(l -> !l.isBlank()).toList();
        return new Published(lines.stream().filter(l -> l.matches("[0-9,]+")).toList(), String.join("\n", lines.stream().filter(l -> !l.matches("[0-9,]+")).toList()));
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Path out = Files.createTempFile("ffmpeg", ".txt");
        try {
            Process p = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile()).redirectInput(new File("/dev/null")).start();
            boolean done = p.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            p.destroyForcibly();
            String text = Files.readString(out, StandardCharsets.UTF_8);
            assertTrue(done, () -> command[0] + " did not end: " + text);
            assertFalse(p.exitValue() != 0, () -> command[0] + " failed: " + text);
            return text;
        } finally {
            Files.delete(out);
        }
    }
}

package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.media.Frame;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The clients of the machine publish to the handler over a real socket, and play from it. */
class ClientsTest {
    private static final long PATIENCE_SECONDS = 60;

    @Test
    void whatFfmpegPublishesItPlaysBackFrameForFrame() throws Exception {
        assumeTrue(has("ffmpeg"), "there is no ffmpeg");
        FakeStreams streams = new FakeStreams();
        try (LoopbackServer server = serve(streams)) {
            String url = "rtmp://127.0.0.1:" + server.port() + "/live/mine";
            run("ffmpeg", "-v", "warning", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-f", "lavfi", "-i", "sine", "-t", "4", "-c:v", "libx264", "-preset",
                "ultrafast", "-bf", "2", "-g", "25", "-c:a", "aac", "-f", "flv", url + "?key=K");
            end(server, streams);
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

    @Test
    void gstreamerPublishesWithBothOfItsSinks() throws Exception {
        assumeTrue(has("gst-launch-1.0"), "there is no GStreamer");
        for (String sink : List.of("rtmp2sink", "rtmpsink")) {
            FakeStreams streams = new FakeStreams();
            try (LoopbackServer server = serve(streams)) {
                run("gst-launch-1.0", "-q", "videotestsrc", "num-buffers=50", "!", "video/x-raw,width=320,height=240", "!", "x264enc", "!", "flvmux",
                    "streamable=true", "!", sink, "location=rtmp://127.0.0.1:" + server.port() + "/live/mine?key=K");
                streams.publisher.gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                assertEquals("mine?key=K", streams.published.credentials().name(), sink);
                assertEquals("[H.264 320x240]", streams.tracks.list().toString(), sink);
                assertEquals(50, streams.frames.size(), sink);
            }
        }
    }

    @Test
    void gstreamerAndRtmpdumpPlay() throws Exception {
        assumeTrue(has("ffmpeg") && has("rtmpdump") && has("gst-launch-1.0"), "not all players are there");
        FakeStreams streams = new FakeStreams();
        try (LoopbackServer server = serve(streams)) {
            String url = "rtmp://127.0.0.1:" + server.port() + "/live/mine";
            run("ffmpeg", "-v", "warning", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-t", "2", "-c:v", "libx264", "-f", "flv", url);
            end(server, streams);
            Path file = Files.createTempFile("played", ".flv");
            try {
                run("rtmpdump", "-q", "-v", "-r", url, "-o", file.toString());
                assertEquals(50, videoPackets(file), "rtmpdump");
                run("gst-launch-1.0", "-q", "rtmp2src", "location=" + url, "!", "filesink", "location=" + file);
                assertTrue(videoPackets(file) >= 49, "rtmp2src forgets the message in its hands when the stream ends");
                run("gst-launch-1.0", "-q", "rtmpsrc", "location=" + url, "num-buffers=3", "!", "filesink", "location=" + file);
                assertTrue(videoPackets(file) >= 1, "rtmpsrc, which connects anew when a stream ends");
            } finally {
                Files.delete(file);
            }
        }
    }

    @Test
    void ffprobeReadsStreamsWhoseClocksPass24And31And32BitsWithoutAWarning() throws Exception {
        assumeTrue(has("ffmpeg"), "there is no ffmpeg");
        FakeStreams streams = new FakeStreams();
        try (LoopbackServer server = serve(streams)) {
            String url = "rtmp://127.0.0.1:" + server.port() + "/live/mine";
            run("ffmpeg", "-v", "warning", "-f", "lavfi", "-i", "testsrc=size=320x240:rate=25", "-f", "lavfi", "-i", "sine", "-t", "4", "-c:v", "libx264", "-preset",
                "ultrafast", "-bf", "2", "-c:a", "aac", "-f", "flv", url);
            streams.publisher.gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            List<Frame> published = server.onLoop(() -> List.copyOf(streams.frames)).get();
            for (long edge : new long[] {1L << 24, 1L << 31, 1L << 32}) {
                long shift = (edge - 2000) * 1_000_000;
                server.onLoop(() -> {
                    streams.frames.clear();
                    published.forEach(f -> streams.frames.add(new Frame(f.sequence(), f.track(), f.tracks(), f.ptsNanos() + shift, f.dtsNanos() + shift, f.key(), 0,
                        f.payload())));
                    streams.end();
                    return null;
                }).get();
                Published played = probe(url);
                assertEquals("", played.warnings, "around " + edge);
                assertEquals(published.size(), played.packets.size(), "around " + edge);
                assertTrue(played.rises(), () -> "times around " + edge + ": " + played.packets);
            }
        }
    }

    private static boolean has(String program) {
        return new File("/usr/bin/" + program).canExecute();
    }

    /** Once the publisher has sent everything. */
    private static void end(LoopbackServer server, FakeStreams streams) throws Exception {
        streams.publisher.gone.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        server.onLoop(() -> {
            streams.end();
            return null;
        }).get();
    }

    private static LoopbackServer serve(FakeStreams streams) throws IOException {
        return new LoopbackServer(new RtmpProtocol(streams, Configs.standard(), WireChoices.ofThisBuild(), System::nanoTime));
    }

    private static long videoPackets(Path file) throws IOException, InterruptedException {
        String out = run("ffprobe", "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts", "-of", "csv=p=0", file.toString());
        return out.lines().filter(l -> l.matches("[-0-9,]+")).count();
    }

    private record Published(List<String> packets, String warnings) {
        /** The decoding times of each track never fall. */
        boolean rises() {
            Map<String, Long> last = new HashMap<>();
            return packets.stream().map(p -> p.split(",")).allMatch(p -> {
                Long before = last.put(p[0], Long.parseLong(p[2]));
                return before == null || before < Long.parseLong(p[2]);
            });
        }
    }

    private static Published probe(String url) throws IOException, InterruptedException {
        String out = run("ffprobe", "-v", "warning", "-show_entries", "packet=stream_index,pts,dts", "-of", "csv=p=0", url);
        List<String> lines = out.lines().filter(l -> !l.isBlank()).toList();
        return new Published(lines.stream().filter(l -> l.matches("[-0-9,]+")).toList(), String.join("\n", lines.stream().filter(l -> !l.matches("[-0-9,]+")).toList()));
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

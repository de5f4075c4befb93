package io.sluice.target.http.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.variable.Expansion;
import io.sluice.format.delivery.Clip;
import io.sluice.format.delivery.ClipReader;
import io.sluice.format.delivery.Told;
import io.sluice.net.internal.RealDialer;
import io.sluice.target.http.internal.Server.How;
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
    /** What a millisecond of FLV and a tick of 90 kHz may differ by. */
    private static final double CLOCKS_SECONDS = 0.002;
    private final RealDialer net = new RealDialer();
    private final Told told = new Told();
    @TempDir
    private Path folder;
    private Path flv;

    @BeforeEach
    void clip() throws IOException {
        flv = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 4, 2);
    }

    @AfterEach
    void stop() {
        net.close();
    }

    private AutoCloseable push(String url, Map<String, String> parameters, boolean ends) throws IOException {
        Clip clip = Clip.of(flv);
        StreamInfo info = new StreamInfo("clip", StreamInfo.State.LIVE, clip.tracks(), "", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", "");
        return new HttpTarget(net.dialer()).open(new PushRequest("1", new PushAddress("http", url, parameters), new ClipReader(clip, ends), net.loop(), Runnable::run, told,
            (part, context) -> new Expansion(part.replace("$name", "a b/c"), ""), () -> info));
    }

    private String end() throws Exception {
        return told.ended.get(30, TimeUnit.SECONDS);
    }

    /** As many pictures and sounds as in the clip, in step as there. */
    private void assertIsTheClip(Path received) throws IOException {
        Ffmpeg.Probe expected = Ffmpeg.installed().packets(flv.toString(), 100);
        Ffmpeg.Probe found = Ffmpeg.installed().packets(received.toString(), 100);
        assertEquals(List.of(), found.warnings());
        for (String type : List.of("video", "audio")) {
            List<Double> wanted = times(expected, type);
            List<Double> came = times(found, type);
            assertEquals(wanted.size(), came.size(), type);
            for (int i = 0; i < wanted.size(); i++) {
                assertEquals(wanted.get(i), came.get(i), CLOCKS_SECONDS, type + " " + i);
            }
        }
    }

    private static List<Double> times(Ffmpeg.Probe probe, String type) {
        double first = probe.times("video", "pts_time").get(0);
        return probe.times(type, "pts_time").stream().map(t -> t - first).toList();
    }

    @Test
    void aTransportStreamIsPut() throws Exception {
        Path file = folder.resolve("out.ts");
        try (Server server = new Server(file, 201, How.AFTER)) {
            push(server.url("jo:p%40ss@", "/in/$name.ts?x=1"), Map.of(), true);
            assertEquals("", end());
            assertEquals("PUT /in/a%20b%2Fc.ts?x=1 video/mp2t Basic am86cEBzcw==", server.request.join());
            assertFalse(told.running.join().contains("jo"));
        }
        assertIsTheClip(file);
        assertTrue(told.out.get() > 10_000 && told.mediaNanos.get() > Clip.START_NANOS);
    }

    @Test
    void flvIsPosted() throws Exception {
        Path file = folder.resolve("out.flv");
        try (Server server = new Server(file, 200, How.AFTER)) {
            push(server.url("", "/in.flv"), Map.of("method", "post"), true);
            assertEquals("", end());
            assertEquals("POST /in.flv video/x-flv null", server.request.join());
        }
        assertIsTheClip(file);
    }

    @Test
    void aCloseEndsTheBodyAsItShould() throws Exception {
        Path file = folder.resolve("out.ts");
        try (Server server = new Server(file, 200, How.AFTER)) {
            AutoCloseable push = push(server.url("", "/in"), Map.of(), false);
            told.running.get(20, TimeUnit.SECONDS);
            push.close();
            assertEquals("", end());
        }
        assertIsTheClip(file);
    }

    @Test
    void aRefusalIsToldWheneverItComes() throws Exception {
        try (Server server = new Server(folder.resolve("none"), 403, How.AT_ONCE)) {
            push(server.url("", "/in.ts"), Map.of(), false);
            assertEquals("the server answered 403 Forbidden", end());
        }
        Told first = told;
        assertTrue(first.ended.isDone());
    }

    @Test
    void aRefusalAfterTheBodyIsToldToo() throws Exception {
        try (Server server = new Server(folder.resolve("out.ts"), 507, How.AFTER)) {
            push(server.url("", "/in.ts"), Map.of(), true);
            assertTrue(end().startsWith("the server answered 507"));
        }
    }

    @Test
    void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
        try (Server server = new Server(folder.resolve("out.ts"), 200, How.NEVER)) {
            push(server.url("", "/in.ts"), Map.of("timeout", "500ms"), true);
            assertEquals("the server did not answer within 500 ms of the end", end());
        }
    }

    @Test
    void aServerThatTakesNothingIsGivenUp() throws Exception {
        Clip clip = Clip.of(flv);
        for (int i = 1; i < 200; i++) {
            clip.and(flv, 0, i * 4000L);
        }
        ClipReader reader = new ClipReader(clip, false);
        StreamInfo info = new StreamInfo("clip", StreamInfo.State.LIVE, clip.tracks(), "", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", "");
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            new HttpTarget(net.dialer()).open(new PushRequest("1", new PushAddress("http", "http://127.0.0.1:" + silent.getLocalPort() + "/x.ts", Map.of("timeout", "1")), reader,
                net.loop(), Runnable::run, told, (part, context) -> new Expansion(part, ""), () -> info));
            assertEquals("the server took no bytes for 1 s", end());
            assertTrue(reader.taken < clip.frames.size(), "frames were left in the stream");
        }
    }

    @Test
    void whatIsNoTargetIsSaid() {
        HttpTarget target = new HttpTarget(net.dialer());
        assertEquals("", target.problem(new PushAddress("http", "http://h.example/live/$stream.ts?k=1", Map.of())));
        assertEquals("a push over HTTP is a transport stream (.ts) or FLV (.flv), '.mp4' was found", target.problem(new PushAddress("http", "http://h/x.mp4", Map.of())));
        assertTrue(target.problem(new PushAddress("http", "http://h", Map.of())).startsWith("wanted http://"));
        assertTrue(target.problem(new PushAddress("http", "http://h/x.ts", Map.of("method", "GET"))).startsWith("method:"));
        assertTrue(target.problem(new PushAddress("http", "http://h/x.ts", Map.of("speed", "1"))).contains("'speed'"));
    }
}

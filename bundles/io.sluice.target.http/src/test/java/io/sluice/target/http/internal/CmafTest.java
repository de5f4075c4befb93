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
import io.sluice.testkit.client.Ffmpeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CmafTest {
    private static final double MILLISECOND = 0.001;
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

    private AutoCloseable push(String url, Map<String, String> parameters, Clip clip, boolean ends) {
        StreamInfo info = new StreamInfo("clip", StreamInfo.State.LIVE, clip.tracks(), "", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", "");
        return new CmafTarget(net.dialer()).open(new PushRequest("1", new PushAddress("cmaf", url, parameters), new ClipReader(clip, ends), net.loop(), Runnable::run, told,
            (part, context) -> new Expansion(part.replace("$name", "a b"), ""), () -> info));
    }

    private String end() throws Exception {
        return told.ended.get(30, TimeUnit.SECONDS);
    }

    /** Each frame of the clip, at its time after the first picture. */
    private void assertIsTheClip(Path video, Path audio) throws IOException {
        Ffmpeg.Probe expected = Ffmpeg.installed().packets(flv.toString(), 100);
        Ffmpeg.Probe pictures = Ffmpeg.installed().frames(video.toString(), 100);
        Ffmpeg.Probe sounds = Ffmpeg.installed().packets(audio.toString(), 100);
        assertEquals(List.of(), pictures.warnings());
        assertEquals(List.of(), sounds.warnings());
        double wantedFirst = expected.times("video", "pts_time").get(0);
        double first = pictures.times("video", "pts_time").get(0);
        assertTimes(expected.times("video", "pts_time").stream().sorted().toList(), wantedFirst, pictures.times("video", "pts_time"), first);
        assertTimes(expected.times("audio", "pts_time"), wantedFirst, sounds.times("audio", "pts_time"), first);
    }

    private static void assertTimes(List<Double> wanted, double wantedFirst, List<Double> found, double first) {
        assertEquals(wanted.size(), found.size());
        for (int i = 0; i < wanted.size(); i++) {
            assertEquals(wanted.get(i) - wantedFirst, found.get(i) - first, MILLISECOND, "at " + i);
        }
    }

    /** The types of the outermost boxes. */
    private static List<String> boxes(Path file) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
        List<String> types = new ArrayList<>();
        while (in.hasRemaining()) {
            int size = in.getInt(in.position());
            types.add(new String(in.array(), in.position() + 4, 4, StandardCharsets.US_ASCII));
            in.position(in.position() + size);
        }
        return types;
    }

    @Test
    void eachTrackIsPostedByItself() throws Exception {
        try (Ingest server = new Ingest(folder, path -> 200)) {
            push(server.url("/in/$name?x=1").replace("cmaf://", "cmaf://jo:secret@"), Map.of(), Clip.of(flv), true);
            assertEquals("", end());
            assertEquals(List.of("POST /in/a%20b/audio0.cmfa?x=1 audio/mp4 1.1", "POST /in/a%20b/video0.cmfv?x=1 video/mp4 1.1"), server.requests.stream().sorted().toList());
            assertTrue(told.running.join().startsWith("cmaf://127.0.0.1:"), told.running.join());
            assertFalse(told.running.join().contains("secret"));
        }
        assertIsTheClip(folder.resolve("video0.cmfv?x=1"), folder.resolve("audio0.cmfa?x=1"));
        List<String> boxes = boxes(folder.resolve("video0.cmfv?x=1"));
        assertEquals(List.of("ftyp", "moov", "moof", "mdat", "moof", "mdat"), boxes.subList(0, 6));
        assertEquals(4, new TreeSet<>(boxes).size(), () -> boxes.toString());
        assertTrue(boxes.size() >= 2 + 2 * 8, "half a second a chunk: " + boxes);
        assertTrue(told.out.get() > 10_000 && told.mediaNanos.get() > Clip.START_NANOS);
    }

    @Test
    void unifiedStreamingsNamesAndPut() throws Exception {
        try (Ingest server = new Ingest(folder, path -> 200)) {
            push(server.url("/live.isml/"), Map.of("usp", "1", "method", "put"), Clip.of(flv).pictures(), true);
            assertEquals("", end());
            assertEquals(List.of("PUT /live.isml/Streams(video0) video/mp4 1.1"), server.requests);
        }
    }

    @Test
    void headersAndChunksComeWhileItLastsAndACloseEndsThem() throws Exception {
        try (Ingest server = new Ingest(folder, path -> 200)) {
            AutoCloseable push = push(server.url("/in"), Map.of(), Clip.of(flv), false);
            server.awaitBytes("video0.cmfv", 5_000);
            server.awaitBytes("audio0.cmfa", 2_000);
            push.close();
            assertEquals("", end());
        }
        assertIsTheClip(folder.resolve("video0.cmfv"), folder.resolve("audio0.cmfa"));
    }

    @Test
    void aRefusalOfOneTrackEndsAll() throws Exception {
        try (Ingest server = new Ingest(folder, path -> path.contains("audio") ? 403 : 200)) {
            push(server.url("/in"), Map.of(), Clip.of(flv), false);
            assertEquals("the server answered 403 Forbidden", end());
        }
    }

    @Test
    void whoIsNotThereIsSaid() throws Exception {
        String url;
        try (Ingest server = new Ingest(folder, path -> 200)) {
            url = server.url("/in");
        }
        push(url, Map.of(), Clip.of(flv), true);
        assertTrue(end().contains("nobody listens"), end());
    }

    @Test
    void afterABreakOfTheTimelineTimesGoOn() throws Exception {
        try (Ingest server = new Ingest(folder, path -> 200)) {
            push(server.url("/in"), Map.of(), Clip.of(flv).and(flv, 1, -3_600_000), true);
            assertEquals("", end());
        }
        Ffmpeg.Probe pictures = Ffmpeg.installed().packets(folder.resolve("video0.cmfv").toString(), 100);
        assertEquals(200, pictures.times("video", "dts_time").size());
        assertEquals(List.of(), pictures.notRising("video", "dts_time"));
        assertTrue(pictures.times("video", "dts_time").get(199) < 8.5);
    }

    @Test
    void whatIsNoTargetIsSaid() {
        CmafTarget target = new CmafTarget(net.dialer());
        assertEquals("", target.problem(new PushAddress("cmaf", "cmaf://h.example/live/$stream", Map.of("usp", "1"))));
        assertEquals("wanted cmaf://[user:password@]host[:port]/path", target.problem(new PushAddress("cmaf", "cmaf://h", Map.of())));
        assertTrue(target.problem(new PushAddress("cmaf", "cmaf://h/x", Map.of("debug", "1"))).contains("'debug'"));
        assertEquals("'usp' is a parameter of cmaf://", new HttpTarget(net.dialer()).problem(new PushAddress("http", "http://h/x.ts", Map.of("usp", "1"))));
    }
}

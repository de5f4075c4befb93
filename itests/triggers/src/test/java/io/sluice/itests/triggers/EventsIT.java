package io.sluice.itests.triggers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.HttpReceiver;
import io.sluice.testkit.HttpReceiver.Answer;
import io.sluice.testkit.HttpReceiver.Received;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every event that exists, with its payload, as a web hook sees it while things really happen. */
@Tag("once")
class EventsIT {
    private static final List<String> TYPES = List.of("SYSTEM_START", "SYSTEM_STOP", "OUTPUT_START", "OUTPUT_STOP", "STREAM_ADD", "STREAM_CONFIG", "STREAM_REMOVE", "STREAM_SOURCE",
        "STREAM_LOAD", "STREAM_READY", "STREAM_UNLOAD", "STREAM_PUSH", "PUSH_REWRITE", "RTMP_PUSH_REWRITE", "LIVE_TRACK_LIST", "STREAM_BUFFER", "STREAM_END", "CONN_OPEN", "CONN_PLAY",
        "CONN_CLOSE", "CONN_STOP", "USER_NEW", "USER_END", "DEFAULT_STREAM");
    private static final String STREAM = "io.sluice.streams.stream~";
    private static final String LOCAL = "127.0.0.1";

    @TempDir
    static Path folder;
    private static TriggerServer server;
    private static HttpReceiver hook;
    private static ClipFrames clip;
    private static volatile String unload = "1";
    private static volatile String bandwidth = "1";
    private static volatile String stop = "1";

    @BeforeAll
    static void start() throws Exception {
        clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 2, 0));
        hook = HttpReceiver.start(EventsIT::answer);
        server = new TriggerServer(folder);
        for (String type : TYPES) {
            server.trigger(type.toLowerCase(), type, "webhook", hook.uri("/").toString());
        }
        server.trigger("bandwidth", "LIVE_BANDWIDTH", "webhook", hook.uri("/").toString(), "params", "10000", "streams", List.of("fat"));
        server.write("io.sluice.sessions", Map.of("inactivitySeconds", 1));
        for (String name : List.of("show", "fat")) {
            server.write(STREAM + name, Map.of("name", name, "source", "push://", "graceMillis", 500));
        }
        server.write("io.sluice.streams", Map.of("publishKey", SluiceServer.PUBLISH_KEY, "open", "false", "idleMillis", 1000, "defaultStream", "fallback"));
        server.start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close("events");
        hook.close();
    }

    /** Texts stay what they are, and questions are answered with yes but for those that a test wants no to. */
    private static Answer answer(Received request) {
        String[] lines = request.body().split("\n", -1);
        return Answer.of(200, switch (request.headers().get("x-trigger")) {
            case "PUSH_REWRITE" -> lines[2];
            case "RTMP_PUSH_REWRITE", "DEFAULT_STREAM" -> lines[0];
            case "STREAM_SOURCE" -> "\n";
            case "STREAM_UNLOAD" -> unload;
            case "LIVE_BANDWIDTH" -> bandwidth;
            case "SYSTEM_STOP" -> stop;
            default -> "1";
        });
    }

    /** Payloads of one type that begin with this, each line's end shown as a bar. */
    private static List<String> of(String type, String start) {
        return hook.received().stream().filter(r -> r.headers().get("x-trigger").equals(type)).map(r -> r.body().replace('\n', '|')).filter(p -> p.startsWith(start)).toList();
    }

    private static String one(String type, String start) {
        Await.until(() -> type + " comes; there were " + seen() + "\n" + server.server().log(), TriggerServer.PATIENCE, () -> !of(type, start).isEmpty());
        assertEquals(1, of(type, start).size(), () -> type + ": " + of(type, start));
        return of(type, start).get(0);
    }

    private static String seen() {
        return hook.received().stream().map(r -> r.headers().get("x-trigger") + " " + r.body().replace('\n', '|')).collect(Collectors.joining("\n"));
    }

    private static RtmpPublisher publish(String stream) throws IOException {
        return RtmpPublisher.open(server.server().rtmp("live", stream + "?key=" + SluiceServer.PUBLISH_KEY)).start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME);
    }

    @Test
    void oneBroadcastFiresEachOnce() throws Exception {
        String url = server.server().rtmp("live", "show").toString();
        String key = url + "?key=" + SluiceServer.PUBLISH_KEY;
        try (RtmpPublisher publisher = publish("show")) {
            assertEquals(key + "|" + LOCAL, one("RTMP_PUSH_REWRITE", key));
            assertEquals(key + "|" + LOCAL + "|show", one("PUSH_REWRITE", key));
            assertEquals("show|" + LOCAL + "|rtmp|" + key, one("STREAM_PUSH", "show|"));
            assertEquals("show", one("STREAM_LOAD", "show"));
            assertEquals("show|rtmp", one("STREAM_READY", "show|"));
            assertTrue(one("LIVE_TRACK_LIST", "show|").startsWith("show|{\"video_H264"));
            assertTrue(one("STREAM_BUFFER", "show|FULL|").startsWith("show|FULL|{\"video_H264"));
            try (RtmpPlayer player = RtmpPlayer.open(server.server().rtmp("live", "show?tkn=mine"))) {
                Await.until("it plays for more than a second", TriggerServer.PATIENCE, () -> player.count(Kind.VIDEO) > 40);
            }
            assertEquals("show|" + LOCAL + "|rtmp|" + url + "?tkn=mine", one("CONN_PLAY", "show|"));
            assertEquals("show|" + LOCAL + "|rtmp", one("CONN_STOP", "show|"));
            one("CONN_CLOSE", "show|" + LOCAL + "|rtmp|" + url + "?tkn=mine");
            assertTrue(one("USER_NEW", "show|").matches("show\\|127\\.0\\.0\\.1\\|mine\\|rtmp\\|\\Q" + url + "\\E\\?tkn=mine\\|[0-9a-f]{64}"), one("USER_NEW", "show|"));
            assertTrue(publisher.sending());
        }
        one("CONN_CLOSE", "show|" + LOCAL + "|rtmp|" + key);
        assertEquals(2, of("CONN_OPEN", "show|" + LOCAL + "|rtmp|").size(), "the publisher and the viewer");
        one("STREAM_UNLOAD", "show|");
        assertTrue(one("STREAM_BUFFER", "show|EMPTY").matches("show\\|EMPTY\\|\\d+"));
        checkEnds(one("USER_END", "mine|").split("\\|", -1), one("STREAM_END", "show|").split("\\|"));
    }

    /** TRG-08: the stream's figures are the sums of its viewers'. */
    private static void checkEnds(String[] user, String[] stream) {
        assertEquals(12, user.length, () -> String.join("|", user));
        assertEquals(List.of("mine", "show", "rtmp", LOCAL), List.of(user).subList(0, 4));
        assertTrue(Integer.parseInt(user[4]) >= 1, "seconds");
        assertTrue(Long.parseLong(user[5]) > 10_000, "bytes to the viewer");
        assertTrue(user[11].matches("[0-9a-f]{64}"));
        assertEquals(7, stream.length, () -> String.join("|", stream));
        assertEquals(List.of("1", "1", "0"), List.of(stream).subList(3, 6), "viewers, inputs, outputs");
        long sent = Long.parseLong(stream[2]);
        long toViewers = Long.parseLong(user[5]);
        assertTrue(sent >= toViewers && sent < toViewers + 20_000, "the publisher's commands are answered with little: " + sent + " and " + toViewers);
        assertTrue(Long.parseLong(stream[1]) > toViewers / 2, "bytes from the publisher");
        long apart = Long.parseLong(stream[6]) - Long.parseLong(user[4]);
        assertTrue(Math.abs(apart) <= 2, "the engine of sessions counts whole seconds in which somebody was there: " + stream[6] + " and " + user[4]);
    }

    @Test
    void whatIsConfiguredIsAskedAbout() throws Exception {
        server.write(STREAM + "fresh", Map.of("name", "fresh", "source", "bundle:io.sluice.demo/demo.mp4?loop=true"));
        assertTrue(one("STREAM_ADD", "fresh|").startsWith("fresh|{"), () -> of("STREAM_ADD", "fresh|").toString());
        assertEquals(200, server.view("fresh", "config").statusCode());
        assertEquals("fresh", one("STREAM_SOURCE", "fresh"));
        assertEquals("fresh|bundle", one("STREAM_READY", "fresh|"));
        server.write(STREAM + "fresh", Map.of("name", "fresh", "source", "bundle:io.sluice.demo/demo.mp4?loop=true", "maxViewers", 7));
        assertTrue(one("STREAM_CONFIG", "fresh|").startsWith("fresh|{"));
        Files.delete(server.conf(STREAM + "fresh"));
        assertEquals("fresh", one("STREAM_REMOVE", "fresh"));
    }

    @Test
    void aListenerThatComesAndGoesIsTold() throws Exception {
        server.write("io.sluice.net.listener~extra", Map.of("name", "extra", "address", LOCAL, "port", FreePorts.take(1).get(0), "protocols", List.of("rtmp")));
        assertTrue(one("OUTPUT_START", "{\"name\":\"extra\"").contains("\"protocols\":[\"rtmp\"]"));
        Files.delete(server.conf("io.sluice.net.listener~extra"));
        assertTrue(one("OUTPUT_STOP", "{\"name\":\"extra\"").contains("\"protocols\":[\"rtmp\"]"));
    }

    @Test
    void whoFindsNothingIsAskedAbout() throws Exception {
        server.write(STREAM + "empty", Map.of("name", "empty", "source", "push://"));
        Await.until("it is configured", TriggerServer.PATIENCE, () -> server.shell("sluice:streams").contains("empty"));
        assertEquals(404, server.view("empty", "default").statusCode());
        String got = one("DEFAULT_STREAM", "fallback|empty|");
        assertTrue(got.startsWith("fallback|empty|" + LOCAL + "|hls|") && got.endsWith("/hls/empty/index.m3u8?tkn=default"), got);
    }

    @Test
    void tooMuchIsStopped() throws Exception {
        try (RtmpPublisher publisher = publish("fat")) {
            Await.until("it is asked about", TriggerServer.PATIENCE, () -> !of("LIVE_BANDWIDTH", "fat|").isEmpty());
            assertTrue(Long.parseLong(of("LIVE_BANDWIDTH", "fat|").get(0).split("\\|")[1]) > 10_000);
            assertTrue(publisher.sending());
            bandwidth = "0";
            Await.until("it is stopped", TriggerServer.PATIENCE, () -> !publisher.ended().isEmpty() || !publisher.sending());
        } finally {
            bandwidth = "1";
        }
    }

    @Test
    void aStreamThatMayNotUnloadStaysLive() throws Exception {
        server.write(STREAM + "sticky", Map.of("name", "sticky", "source", "bundle:io.sluice.demo/demo.mp4?loop=true"));
        Await.until("it is configured", TriggerServer.PATIENCE, () -> server.shell("sluice:streams").contains("sticky"));
        unload = "0";
        try {
            try (RtmpPlayer player = RtmpPlayer.open(server.server().rtmp("live", "sticky"))) {
                Await.until("it plays", TriggerServer.PATIENCE, () -> player.count(Kind.VIDEO) > 5);
            }
            Await.until("it is asked about twice", TriggerServer.PATIENCE, () -> of("STREAM_UNLOAD", "sticky|").size() >= 2);
            assertTrue(live("sticky"), () -> server.shell("sluice:streams"));
        } finally {
            unload = "1";
        }
        Await.until("it goes once it may", TriggerServer.PATIENCE, () -> !live("sticky"));
    }

    private static boolean live(String stream) {
        return Stream.of(server.shell("sluice:streams").split("\n")).anyMatch(l -> l.startsWith(stream + " ") && l.contains("LIVE"));
    }

    @Test
    void theServersOwnStartIsTold() {
        assertTrue(one("SYSTEM_START", "").matches("\\d+\\.\\d+\\.\\d+.*"), () -> of("SYSTEM_START", "").toString());
        assertTrue(one("OUTPUT_START", "{\"name\":\"rtmp\"").contains("\"protocols\":[\"rtmp\"]"));
        assertTrue(one("OUTPUT_START", "{\"name\":\"http\"").contains("\"protocols\":[\"http\"]"));
    }

    @Test
    void aNoHoldsTheServerWhenASignalAsksItToStop() throws Exception {
        stop = "0";
        try {
            // not SIGINT: who starts the tests in the background has them ignore it, and so the server
            assertEquals(0, new ProcessBuilder("kill", "-TERM", Long.toString(server.server().pid())).inheritIO().start().waitFor());
            assertEquals("SIGTERM", one("SYSTEM_STOP", ""));
            Await.until("it says so", TriggerServer.PATIENCE, () -> server.server().log().contains("a trigger does not let the server stop after SIGTERM"));
            assertEquals(200, server.server().get("/demo.html").statusCode());
            assertTrue(server.server().running());
        } finally {
            stop = "1";
        }
    }
}

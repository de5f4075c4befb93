package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pushes of a running server to files and to receivers of MPEG-TS. */
class RecordingsIT {
    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    static Path folder;
    private static Path clip;

    @BeforeAll
    static void clip() throws Exception {
        clip = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 20, 2);
    }

    private static void push(String name, String stream, String target) throws IOException {
        Files.writeString(SERVER.get().home().resolve("conf/io.sluice.pushes.push~" + name + ".cfg.json"), "{\"stream\": \"" + stream + "\", \"target\": \"" + target + "\"}");
    }

    private static Path file(String name) {
        return SERVER.get().home().resolve("data/recordings").resolve(name);
    }

    private static void awaitBytes(Path file, long bytes) {
        Await.until(() -> file + " grows: " + SERVER.get().log(), Server.PATIENCE, () -> Files.exists(file) && Files.size(file) > bytes);
    }

    @Test
    void aStreamIsRecordedInAllFormsAtOnceAndAPublisherThatComesBackGoesOn() throws Exception {
        List<String> kinds = List.of("ts", "flv", "mkv", "mp4");
        for (String kind : kinds) {
            push("rec-" + kind, "recorded", "rec." + kind);
        }
        push("list", "recorded", "list/$segmentCounter.ts?m3u8=index.m3u8&split=2");
        try (Program first = Ffmpeg.installed().publish(clip, URI.create(SERVER.publish("recorded")))) {
            awaitBytes(file("rec.ts"), 200_000);
        }
        long before = Files.size(file("rec.ts"));
        try (Program second = Ffmpeg.installed().publish(clip, URI.create(SERVER.publish("recorded")))) {
            awaitBytes(file("rec.ts"), before + 200_000);
        }
        Await.until("the recordings end with the stream", Duration.ofSeconds(40), () -> Files.readString(file("list/index.m3u8")).contains("#EXT-X-ENDLIST"));
        for (String kind : kinds) {
            Ffmpeg.Probe probe = Ffmpeg.installed().packets(file("rec." + kind).toString(), 60);
            assertEquals(List.of(), probe.warnings(), kind);
            assertTrue(probe.times("video", "pts_time").size() > 100, kind);
            assertEquals(List.of(), probe.notRising("audio", "pts_time"), kind);
        }
        assertTrue(Files.readString(file("list/index.m3u8")).contains("#EXT-X-DISCONTINUITY"));
    }

    @Test
    void receiversOfMpegTsGetTheStream() throws Exception {
        int port = FreePorts.take(1).get(0);
        Path tcp = folder.resolve("tcp.ts");
        try (Program receiver = Ffmpeg.installed().run(List.of("-i", "tcp://127.0.0.1:" + port + "?listen=1", "-c", "copy", "-f", "mpegts", tcp.toString()));
            Program udp = Ffmpeg.installed().run(List.of("-i", "udp://127.0.0.1:" + port, "-c", "copy", "-f", "mpegts", folder.resolve("udp.ts").toString()));
            Program publishing = Ffmpeg.installed().publish(clip, URI.create(SERVER.publish("sent")))) {
            SERVER.awaitLive("sent");
            push("tcp", "sent", "tstcp://127.0.0.1:" + port);
            push("udp", "sent", "tsudp://127.0.0.1:" + port);
            awaitBytes(tcp, 200_000);
            awaitBytes(folder.resolve("udp.ts"), 200_000);
            assertTrue(publishing.running());
            receiver.interrupt(Duration.ofSeconds(10));
            udp.interrupt(Duration.ofSeconds(10));
            assertEquals(List.of(), udp.errors().stream().filter(e -> e.contains("corrupt") || e.contains("continuity")).toList());
        }
        CleanRead.of(tcp.toString(), 2, "video", "audio");
    }
}

package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Who may publish what under which name: IN-01, IN-02, IN-03, OUT-38, STR-01 to STR-05, STR-07. */
@Tag("once")
class GateIT {
    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    static Path folder;
    private static ClipFrames clip;

    @BeforeAll
    static void clip() throws Exception {
        clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 20, 0));
    }

    @Test
    void theKeyIsTakenAsParameterAsApplicationAndAsPassword() throws Exception {
        String port = SERVER.get().rtmp("live", "x").getAuthority();
        for (String url : new String[] {"rtmp://" + port + "/live/key1?key=" + SluiceServer.PUBLISH_KEY, "rtmp://" + port + "/" + SluiceServer.PUBLISH_KEY + "/key2"}) {
            try (RtmpPublisher publisher = publish(url)) {
                String name = url.contains("key1") ? "key1" : "key2";
                SERVER.awaitLive(name);
                assertTrue(publisher.sending(), url);
            }
        }
    }

    @Test
    void withoutTheKeyOrWithAWrongOneNobodyPublishesAndTheKeyIsNotLogged() throws Exception {
        for (String name : new String[] {"nokey", "nokey?key=wrong-secret"}) {
            refused(SERVER.get().rtmp("live", name));
        }
        refused(SERVER.get().rtmp("wrong-app-secret", "nokey"));
        String log = Files.readString(SERVER.get().home().resolve("data/log/sluice.log"));
        assertTrue(log.contains("nokey"), "the refusal is logged");
        assertTrue(!log.contains("wrong-secret") && !log.contains(SluiceServer.PUBLISH_KEY) && !log.contains("wrong-app-secret"), "no key stands in the log");
    }

    @Test
    void anotherAddressThanTheAllowedIsRefused() throws Exception {
        stream("other-address", "\"source\": \"push://192.0.2.0/24\"");
        stream("my-address", "\"source\": \"push://127.0.0.0/8\"");
        refused(SERVER.get().rtmp("live", "other-address"));
        try (RtmpPublisher publisher = publish(SERVER.get().rtmp("live", "my-address").toString())) {
            SERVER.awaitLive("my-address");
            assertTrue(publisher.sending());
        }
    }

    @Test
    void namesAreMadeByTheRule() throws Exception {
        try (RtmpPublisher publisher = publish(SERVER.get().rtmp("live", "MixedCase!?key=" + SluiceServer.PUBLISH_KEY).toString())) {
            SERVER.awaitLive("mixedcase");
            assertTrue(publisher.sending());
        }
    }

    @Test
    void wildcardStreamsShareAConfigurationAndNothingElse() throws Exception {
        stream("wild", "\"source\": \"push://\", \"publishKeys\": [\"wild-key\"]");
        String base = SERVER.get().rtmp("live", "wild+").toString();
        try (RtmpPublisher one = publish(base + "1?key=wild-key"); RtmpPublisher two = publish(base + "2?key=wild-key")) {
            SERVER.awaitLive("wild+1");
            SERVER.awaitLive("wild+2");
            assertTrue(one.sending() && two.sending());
        }
    }

    @Test
    void anOfflineStreamPlaysItsFallback() throws Exception {
        stream("gone", "\"source\": \"push://\", \"fallback\": \"demo\"");
        try (RtmpPlayer player = RtmpPlayer.open(SERVER.get().rtmp("live", "gone"))) {
            Await.until(() -> "the fallback plays: " + player.statuses(), Server.PATIENCE, () -> player.count(Kind.VIDEO) > 30);
        }
    }

    @Test
    void anAlwaysOnStreamRunsWithoutViewersAndOthersStopAfterTheLast() throws Exception {
        stream("always", "\"source\": \"bundle:io.sluice.demo/demo.mp4?loop=true\", \"alwaysOn\": true");
        stream("sometimes", "\"source\": \"bundle:io.sluice.demo/demo.mp4?loop=true\", \"idleMillis\": 2000");
        Await.until(() -> "always is live: " + streams(), Server.PATIENCE, () -> state("always").contains("LIVE"));
        try (RtmpPlayer player = RtmpPlayer.open(SERVER.get().rtmp("live", "sometimes"))) {
            Await.until("sometimes plays", Server.PATIENCE, () -> player.count(Kind.VIDEO) > 10);
        }
        Await.until(() -> "sometimes stops: " + streams(), Server.PATIENCE, () -> !state("sometimes").contains("LIVE"));
        assertTrue(state("always").contains("LIVE"));
    }

    @Test
    void aSecondPublisherIsRefusedWithTheReasonUntilTheFirstIsSilent() throws Exception {
        String url = SERVER.publish("twice");
        try (RtmpPublisher first = publish(url)) {
            SERVER.awaitLive("twice");
            refused(URI.create(url));
            assertTrue(first.sending());
            try (RtmpPlayer player = RtmpPlayer.open(SERVER.get().rtmp("live", "twice")); RtmpPublisher silent = RtmpPublisher.open(URI.create(SERVER.publish("silent")))) {
                for (var header : clip.headers()) {
                    silent.send(header);
                }
                Await.until("a publisher takes over from one that is silent", Server.PATIENCE, () -> {
                    try (RtmpPublisher second = publish(SERVER.publish("silent"))) {
                        SERVER.awaitLive("silent");
                        return true;
                    } catch (IOException refused) {
                        return false;
                    }
                });
                assertEquals("", player.ended());
            }
        }
    }

    @Test
    void viewersKeepTheirPlaceWhenThePublisherComesBack() throws Exception {
        RtmpPublisher first = publish(SERVER.publish("back"));
        SERVER.awaitLive("back");
        try (RtmpPlayer player = RtmpPlayer.open(SERVER.get().rtmp("live", "back"))) {
            Await.until("it plays", Server.PATIENCE, () -> player.count(Kind.VIDEO) > 30);
            first.drop();
            try (RtmpPublisher again = publish(SERVER.publish("back"))) {
                int before = player.count(Kind.VIDEO);
                Await.until("it plays on", Server.PATIENCE, () -> player.count(Kind.VIDEO) > before + 50);
                assertEquals("", player.ended());
                var times = player.frames(Kind.VIDEO).stream().map(f -> f.millis()).toList();
                for (int i = 1; i < times.size(); i++) {
                    assertTrue(times.get(i) > times.get(i - 1), "the timeline goes on: " + times.get(i - 1) + " then " + times.get(i));
                }
                assertTrue(again.sending());
            }
        }
    }

    @Test
    void acceptableDecidesBetweenPublishingAndPlaying() throws Exception {
        configuration("io.sluice.protocol.rtmp", "{\"acceptable\": 2}");
        Await.until("playing is refused", Server.PATIENCE, () -> {
            try (Program probe = Program.start(java.util.List.of("ffprobe", "-v", "error", SERVER.play("demo")))) {
                return probe.await(java.time.Duration.ofSeconds(20)) != 0;
            }
        });
        try (RtmpPublisher publisher = publish(SERVER.publish("only-in"))) {
            SERVER.awaitLive("only-in");
            assertTrue(publisher.sending());
        }
        configuration("io.sluice.protocol.rtmp", "{\"acceptable\": 1}");
        Await.until("publishing is refused", Server.PATIENCE, () -> {
            try (RtmpPublisher publisher = RtmpPublisher.open(URI.create(SERVER.publish("only-out")))) {
                return false;
            } catch (IOException refused) {
                return true;
            }
        });
        try (RtmpPlayer player = RtmpPlayer.open(SERVER.get().rtmp("live", "demo"))) {
            Await.until("playing works", Server.PATIENCE, () -> player.count(Kind.VIDEO) > 10);
        }
        configuration("io.sluice.protocol.rtmp", "{\"acceptable\": 0}");
        Await.until("both work", Server.PATIENCE, () -> {
            try (RtmpPublisher publisher = RtmpPublisher.open(URI.create(SERVER.publish("both")))) {
                return true;
            } catch (IOException refused) {
                return false;
            }
        });
    }

    private static RtmpPublisher publish(String url) throws IOException {
        return RtmpPublisher.open(URI.create(url)).start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME);
    }

    private static void refused(URI url) {
        IOException refusal = assertThrows(IOException.class, () -> RtmpPublisher.open(url).close(), () -> url.getPath() + " was let in");
        assertNotNull(refusal.getMessage());
    }

    private static void stream(String name, String settings) throws IOException {
        configuration("io.sluice.streams.stream~" + name, "{\"name\": \"" + name + "\", " + settings + "}");
        Await.until(() -> name + " is configured: " + streams(), Server.PATIENCE, () -> !state(name).isEmpty());
    }

    /** Edits a file in conf/ by hand. */
    private static void configuration(String pid, String json) throws IOException {
        Files.writeString(SERVER.get().home().resolve("conf/" + pid + ".cfg.json"), json);
    }

    private static String state(String name) throws IOException {
        return SERVER.get().shell("sluice:streams").lines().filter(l -> l.strip().startsWith(name + " ")).findFirst().orElse("");
    }

    private static String streams() {
        try {
            return SERVER.get().shell("sluice:streams");
        } catch (IOException e) {
            return e.toString();
        }
    }
}

package io.sluice.itests.hostile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.hls.HlsViewer;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.media.Kind;
import io.sluice.testkit.rtmp.RtmpPlayer;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A server with plain and TLS ports, a publisher who keeps a ledger, and viewers by RTMP and HLS: those whom an attack must not touch. */
final class Target implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);
    /** For a close that needs no time-out to run out. */
    static final Duration SOON = Duration.ofSeconds(5);
    /** Of RTMP's idleSeconds here; the default is 30. */
    static final int RTMP_IDLE_SECONDS = 8;

    private final String name;
    private final SluiceServer server;
    private final int tlsPort = FreePorts.take(1).get(0);
    private final RtmpPublisher publisher;
    private final RtmpPlayer player;
    private final HlsViewer hls;
    private final ClipFrames clip;

    /** @param name that the server's log is kept under */
    Target(String name, Path folder) throws IOException {
        this.name = name;
        Path home = Files.createDirectories(folder.resolve("home"));
        server = new SluiceServer(Path.of(System.getProperty("sluice.dist")), home, Path.of(System.getProperty("sluice.jdk"))).start();
        configure("io.sluice.protocol.rtmp", "{\"idleSeconds\": " + RTMP_IDLE_SECONDS + "}");
        configure("io.sluice.net.listener~tls", "{\"name\": \"tls\", \"address\": \"127.0.0.1\", \"port\": " + tlsPort + ", \"tls\": true, \"protocols\": [\"http\", \"rtmp\"]}");
        clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve("clip.flv"), 60, 2));
        publisher = publisher().start(clip.looped(0), RtmpPublisher.Pace.REAL_TIME);
        Await.until("the stream is live", PATIENCE, () -> server.get("/hls/watched/index.m3u8").statusCode() == 200);
        player = RtmpPlayer.open(server.rtmp("live", "watched"));
        hls = HlsViewer.watch(server.http("/hls/watched/index.m3u8"));
        Await.until("viewers have media", PATIENCE, () -> player.count(Kind.VIDEO) > 10 && hls.segments().size() > 1);
        Await.until(() -> "TLS is ready: " + server.log(), PATIENCE, () -> server.log().contains("TLS is ready") && server.log().contains("tls listens"));
    }

    /** RTMP may be starting anew with what was configured: it has no place yet for a handshake under way. */
    private RtmpPublisher publisher() {
        RtmpPublisher[] opened = new RtmpPublisher[1];
        Await.until("a publisher is let in", PATIENCE, () -> {
            opened[0] = RtmpPublisher.open(server.rtmp("live", "watched?key=" + SluiceServer.PUBLISH_KEY));
            return true;
        });
        return opened[0];
    }

    private void configure(String pid, String json) throws IOException {
        Files.writeString(server.home().resolve("conf/" + pid + ".cfg.json"), json);
    }

    SluiceServer server() {
        return server;
    }

    ClipFrames clip() {
        return clip;
    }

    int rtmpPort() {
        return server.rtmp("", "").getPort();
    }

    int httpPort() {
        return server.http("/").getPort();
    }

    int tlsPort() {
        return tlsPort;
    }

    ServerMemory memory() throws IOException {
        return ServerMemory.of(server.pid());
    }

    /** Lines of the log about this peer, and not about an earlier one whose port it got. */
    List<String> lines(Attacker attacker) {
        return server.log().lines().filter(l -> l.matches(".*127\\.0\\.0\\.1:" + attacker.port() + "\\b.*")).filter(l -> l.compareTo(attacker.openedAt()) >= 0).toList();
    }

    /** Closed, and one line says why and of whom. */
    void requireShownOut(Attacker attacker, Duration within, String reason) {
        attacker.awaitClosed(within);
        Await.until(() -> "the log says \"" + reason + "\" of port " + attacker.port() + ", and says: " + lines(attacker), SOON, () -> !lines(attacker).isEmpty());
        List<String> warnings = lines(attacker).stream().filter(l -> l.contains(" WARN  Complaints: ")).toList();
        assertEquals(1, warnings.size(), () -> "lines of one fault: " + lines(attacker));
        if (!warnings.get(0).contains(reason)) {
            throw new AssertionError("wanted \"" + reason + "\" in: " + warnings.get(0));
        }
    }

    /** Another second of pictures comes, and whatever came so far is exactly what was published. */
    void requireOthersUntouched() {
        int seen = player.count(Kind.VIDEO);
        int segments = hls.segments().size();
        Await.until(() -> "viewers go on: " + player.ended() + hls.faults(), PATIENCE, () -> player.count(Kind.VIDEO) > seen + 25 && hls.segments().size() > segments);
        for (Kind kind : List.of(Kind.VIDEO, Kind.AUDIO)) {
            publisher.ledger().requireExact("the RTMP player", kind, player.frames(kind), 25);
            publisher.ledger().requireExact("the HLS viewer", kind, hls.frames(kind), 25);
        }
        assertEquals(List.of(), hls.faults());
        assertEquals(List.of(), player.faults());
        assertEquals("", player.ended() + publisher.ended());
        assertEquals(1, hls.localPorts().size(), "the HLS viewer keeps its connection");
    }

    @Override
    public void close() throws IOException {
        hls.close();
        player.close();
        publisher.close();
        server.close();
        Path kept = Files.createDirectories(Path.of(System.getProperty("sluice.output")));
        Files.writeString(kept.resolve(name + "-server.log"), server.log());
    }
}

package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Pushes from one server to another, by RTMP and by RTMPS. */
class RtmpPushIT {
    private static final int SECONDS = 5;
    private static final int RTMPS = FreePorts.take(1).get(0);

    @RegisterExtension
    static final Server SERVER = new Server();
    @RegisterExtension
    static final Server RECEIVER = new Server();

    @TempDir
    static Path folder;
    private static Program publisher;

    @BeforeAll
    static void publish() throws Exception {
        Path clip = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 10, 2);
        publisher = Ffmpeg.installed().publish(clip, URI.create(SERVER.publish("origin")));
        SERVER.awaitLive("origin");
    }

    @AfterAll
    static void end() {
        publisher.close();
    }

    @Test
    void whatAnotherServerIsPushedPlaysThere() throws Exception {
        String answer = SERVER.push("origin", RECEIVER.publish("mirror"));
        assertTrue(answer.contains("push "), answer);
        RECEIVER.awaitLive("mirror");
        CleanRead.of(RECEIVER.play("mirror"), SECONDS, "video", "audio");
        String connections = SERVER.get().shell("sluice:connections");
        assertTrue(connections.lines().anyMatch(l -> l.contains("dialled") && l.contains("push") && l.contains("io.sluice.target.rtmp")), connections);
    }

    @Test
    void overTlsTheReceiversCertificateMustBeTrusted() throws Exception {
        String target = "rtmps://localhost:" + RTMPS + "/live/secure?key=" + SluiceServer.PUBLISH_KEY;
        RECEIVER.listenSecurely(RTMPS);
        Await.until("it is not trusted", Server.PATIENCE, () -> SERVER.push("origin", target).contains("not by a trusted authority"));
        SERVER.trust(RECEIVER, folder);
        Await.until("it is trusted", Server.PATIENCE, () -> !SERVER.push("origin", target).contains("not by a trusted authority"));
        RECEIVER.awaitLive("secure");
        CleanRead.of(RECEIVER.play("secure"), SECONDS, "video", "audio");
    }

    /** By other names, through other ports, in other forms. */
    @Test
    void aPushToTheServerItselfIsRefused() throws Exception {
        int rtmp = SERVER.get().rtmp("live", "x").getPort();
        int http = SERVER.get().http("/").getPort();
        for (String target : List.of(SERVER.publish("loop"), "rtmp://localhost:" + rtmp + "/live/x", "rtmp://[::1]:" + rtmp + "/live/x", "rtmp://127.0.0.2:" + rtmp + "/live/x",
            "rtmp://[::ffff:127.0.0.1]:" + rtmp + "/live/x", "rtmp://0.0.0.0:" + rtmp + "/live/x", "rtmp://" + InetAddress.getLocalHost().getHostAddress() + ":" + rtmp + "/live/x",
            "rtmp://localhost:" + http + "/live/x", "http://localhost:" + http + "/x.ts", "cmaf://localhost:" + http + "/x", "tstcp://localhost:" + rtmp)) {
            String answer = SERVER.push("origin", target);
            // 0.0.0.0 and its like are nobody's address to begin with
            assertTrue(answer.contains("this very server") || target.contains("0.0.0.0") && answer.contains("denied by the address policy"), target + ": " + answer);
        }
    }
}

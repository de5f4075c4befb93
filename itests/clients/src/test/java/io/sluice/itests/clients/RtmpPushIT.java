package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.testkit.Await;
import io.sluice.testkit.FreePorts;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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
        configure(RECEIVER, "io.sluice.net.listener~rtmps", "{\"name\": \"rtmps\", \"port\": " + RTMPS + ", \"tls\": true, \"protocols\": [\"rtmp\"]}");
        publisher = Ffmpeg.installed().publish(clip, URI.create(SERVER.publish("origin")));
        SERVER.awaitLive("origin");
    }

    @AfterAll
    static void end() {
        publisher.close();
    }

    private static void configure(Server server, String pid, String json) throws IOException {
        Files.writeString(server.get().home().resolve("conf/" + pid + ".cfg.json"), json);
    }

    /** What the command says, also where that is why it failed. */
    private static String push(String target) {
        try {
            return SERVER.get().shell("sluice:push origin '" + target + "'");
        } catch (IOException refused) {
            return refused.getMessage();
        }
    }

    @Test
    void whatAnotherServerIsPushedPlaysThere() throws Exception {
        String answer = push(RECEIVER.publish("mirror"));
        assertTrue(answer.contains("push "), answer);
        RECEIVER.awaitLive("mirror");
        CleanRead.of(RECEIVER.play("mirror"), SECONDS, "video", "audio");
        String connections = SERVER.get().shell("sluice:connections");
        assertTrue(connections.lines().anyMatch(l -> l.contains("dialled") && l.contains("push") && l.contains("io.sluice.target.rtmp")), connections);
    }

    @Test
    void overTlsTheReceiversCertificateMustBeTrusted() throws Exception {
        String target = "rtmps://localhost:" + RTMPS + "/live/secure?key=" + SluiceServer.PUBLISH_KEY;
        Await.until("the receiver has a certificate", Server.PATIENCE, () -> Files.exists(RECEIVER.get().home().resolve("data/tls/self-signed.p12")));
        Await.until("it is not trusted", Server.PATIENCE, () -> push(target).contains("not by a trusted authority"));
        Path pem = folder.resolve("receiver.pem");
        try (Program keytool = Program.start(List.of("keytool", "-exportcert", "-rfc", "-alias", "sluice", "-keystore", RECEIVER.get().home().resolve("data/tls/self-signed.p12").toString(),
            "-storepass", "self-signed", "-file", pem.toString()))) {
            keytool.output(Duration.ofSeconds(20));
        }
        configure(SERVER, "io.sluice.net.dialer", "{\"trustFile\": \"" + pem + "\"}");
        Await.until("it is trusted", Server.PATIENCE, () -> !push(target).contains("not by a trusted authority"));
        RECEIVER.awaitLive("secure");
        CleanRead.of(RECEIVER.play("secure"), SECONDS, "video", "audio");
    }

    @Test
    void aPushToTheServerItselfIsRefused() throws Exception {
        String answer = push(SERVER.publish("loop"));
        assertTrue(answer.contains("this very server"), answer);
    }
}

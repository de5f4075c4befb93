package io.sluice.itests.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** RTMPS, HTTPS and IPv6, by listeners that are configured while the server runs. */
class SecureIT {
    private static final int SECONDS = 5;
    private static final Duration SHORT = Duration.ofSeconds(20);
    private static final List<Integer> PORTS = FreePorts.take(2);
    private static final int RTMPS = PORTS.get(0);
    private static final int HTTPS = PORTS.get(1);

    @RegisterExtension
    static final Server SERVER = new Server();

    @TempDir
    static Path folder;
    private static Path clip;

    @BeforeAll
    static void listen() throws Exception {
        clip = Ffmpeg.installed().clip(folder.resolve("clip.flv"), 10, 2);
        configure("io.sluice.net.listener~rtmps", "{\"name\": \"rtmps\", \"port\": " + RTMPS + ", \"tls\": true, \"protocols\": [\"rtmp\"]}");
        configure("io.sluice.net.listener~https", "{\"name\": \"https\", \"port\": " + HTTPS + ", \"tls\": true, \"protocols\": [\"http\"]}");
        for (int port : PORTS) {
            Await.until(() -> "TLS is spoken: " + SERVER.get().log(), Server.PATIENCE, () -> !peerOf("127.0.0.1:" + port).isEmpty());
        }
    }

    /** Edits a file in conf/ by hand. */
    private static void configure(String pid, String json) throws IOException {
        Files.writeString(SERVER.get().home().resolve("conf/" + pid + ".cfg.json"), json);
    }

    /** The line in which openssl names the certificate that a listener shows; "" when there is no TLS. */
    private static String peerOf(String address) throws IOException {
        try (Program openssl = Program.start(List.of("openssl", "s_client", "-brief", "-connect", address))) {
            openssl.await(SHORT);
            return openssl.errors().stream().filter(l -> l.startsWith("Peer certificate:")).findFirst().orElse("");
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void ffmpegPublishesByRtmpsAndFfprobePlaysByRtmpsAndHttps() throws Exception {
        String rtmps = "rtmps://127.0.0.1:" + RTMPS + "/live/secret";
        try (Program ffmpeg = Ffmpeg.installed().publish(clip, URI.create(rtmps + "?key=" + SluiceServer.PUBLISH_KEY))) {
            SERVER.awaitLive("secret");
            CleanRead.of(rtmps, SECONDS, "video", "audio");
            CleanRead.of("https://127.0.0.1:" + HTTPS + "/hls/secret/index.m3u8", SECONDS, "video", "audio");
            assertTrue(ffmpeg.running(), () -> "the publisher ended: " + ffmpeg.errors());
            assertTrue(connections().contains("rtmps"), "it came in by the listener with TLS");
        }
    }

    private static String connections() throws IOException {
        return SERVER.get().shell("sluice:connections").lines().filter(l -> l.contains("publish")).findFirst().orElse("");
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void theListOfAStreamComesByHttp2AndByHttp11() throws Exception {
        String list = "https://127.0.0.1:" + HTTPS + "/hls/demo/index.m3u8";
        for (String version : List.of("--http2", "--http1.1")) {
            String answer = curl(version, "-k", "-w", "%{http_version} %{http_code}", list);
            assertTrue(answer.startsWith("#EXTM3U"), answer);
            assertEquals(version.equals("--http2") ? "2 200" : "1.1 200", answer.lines().reduce((a, b) -> b).orElse(""));
        }
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void aConfiguredCertificateIsShownFromTheNextConnectionOn() throws Exception {
        Path certificate = folder.resolve("certificate.pem");
        Path key = folder.resolve("key.pem");
        Program.start(List.of("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=sluice-itest", "-addext",
            "subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1", "-keyout", key.toString(), "-out", certificate.toString())).output(SHORT);
        configure("io.sluice.net", "{\"certificateFile\": \"" + certificate + "\", \"keyFile\": \"" + key + "\"}");
        for (String address : List.of("127.0.0.1:" + RTMPS, "127.0.0.1:" + HTTPS, "[::1]:" + HTTPS)) {
            Await.until(() -> "the certificate is shown at " + address + ": " + SERVER.get().log(), Server.PATIENCE, () -> peerOf(address).endsWith("CN = sluice-itest"));
        }
        String page = curl("--cacert", certificate.toString(), "https://localhost:" + HTTPS + "/demo.html");
        assertTrue(page.contains("<html"), "a client that knows the certificate trusts the server: " + page);
    }

    @Execution(ExecutionMode.CONCURRENT)
    @Test
    void rtmpAndHttpWorkByIpv6() throws Exception {
        String rtmp = SERVER.play("demo").replace("127.0.0.1", "[::1]");
        String publish = SERVER.publish("six").replace("127.0.0.1", "[::1]");
        try (Program ffmpeg = Ffmpeg.installed().publish(clip, URI.create(publish))) {
            SERVER.awaitLive("six");
            CleanRead.of(rtmp, SECONDS, "video", "audio");
            CleanRead.of(SERVER.hls("six").replace("127.0.0.1", "[::1]"), SECONDS, "video", "audio");
            assertTrue(ffmpeg.running());
        }
    }

    private static String curl(String... words) throws IOException {
        List<String> command = new java.util.ArrayList<>(List.of("curl", "-sS", "-g", "--max-time", "20"));
        command.addAll(List.of(words));
        return Program.start(command).output(Duration.ofSeconds(30));
    }
}

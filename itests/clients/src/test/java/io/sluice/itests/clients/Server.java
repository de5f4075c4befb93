package io.sluice.itests.clients;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One running server for a test class, in a home of its own; its log is kept under the module's target folder. */
final class Server implements BeforeAllCallback, AfterAllCallback {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Map<String, String> environment;
    private SluiceServer server;
    private Path home;

    Server() {
        this(Map.of());
    }

    /** @param environment of the server, beside what all have */
    Server(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        home = Files.createTempDirectory("sluice-home");
        server = create(home);
        environment.forEach(server::environment);
        server.start();
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        server.close();
        Files.writeString(output().resolve(context.getRequiredTestClass().getSimpleName() + ".log"), server.log());
    }

    /** Another server in this home, not started. It is compiled in haste: these tests start dozens of servers for a minute each. Those of upgrades and attacks run as shipped. */
    static SluiceServer create(Path home) {
        SluiceServer server = new SluiceServer(Path.of(System.getProperty("sluice.dist")), home, Path.of(System.getProperty("sluice.jdk")));
        return Boolean.getBoolean("sluice.long") ? server : server.environment("JAVA_OPTS", "-XX:TieredStopAtLevel=1");
    }

    /** Where screenshots, logs and recordings stay for a look. */
    static Path output() throws IOException {
        return Files.createDirectories(Path.of(System.getProperty("sluice.output")));
    }

    SluiceServer get() {
        return server;
    }

    /** The RTMP address for publishing, key included. */
    String publish(String stream) {
        return server.rtmp("live", stream + "?key=" + SluiceServer.PUBLISH_KEY).toString();
    }

    String play(String stream) {
        return server.rtmp("live", stream).toString();
    }

    String hls(String stream) {
        return server.http("/hls/" + stream + "/index.m3u8").toString();
    }

    /** Writes a configuration, as an editor would. */
    void configure(String pid, String json) throws IOException {
        Files.writeString(server.home().resolve("conf/" + pid + ".cfg.json"), json);
    }

    /** Starts a push; what the command says, also where that is why it failed. */
    String push(String stream, String target) {
        try {
            return server.shell("sluice:push " + stream + " '" + target + "'");
        } catch (IOException refused) {
            return refused.getMessage();
        }
    }

    /** Listens for RTMP over TLS too, with a certificate of its own making. */
    void listenSecurely(int port) throws IOException {
        configure("io.sluice.net.listener~rtmps", "{\"name\": \"rtmps\", \"port\": " + port + ", \"tls\": true, \"protocols\": [\"rtmp\"]}");
        Await.until("it has a certificate", PATIENCE, () -> Files.exists(certificate()));
    }

    private Path certificate() {
        return home.resolve("data/tls/self-signed.p12");
    }

    /** Believes the certificate of the other server. */
    void trust(Server other, Path folder) throws IOException {
        Path pem = folder.resolve("trusted.pem");
        try (Program keytool = Program.start(List.of("keytool", "-exportcert", "-rfc", "-alias", "sluice", "-keystore", other.certificate().toString(), "-storepass", "self-signed", "-file",
            pem.toString()))) {
            keytool.output(Duration.ofSeconds(20));
        }
        configure("io.sluice.net.dialer", "{\"trustFile\": \"" + pem + "\"}");
    }

    void awaitLive(String stream) {
        Await.until(() -> stream + " is live; the log says:\n" + server.log(), PATIENCE, () -> server.get("/hls/" + stream + "/index.m3u8").statusCode() == 200);
    }
}

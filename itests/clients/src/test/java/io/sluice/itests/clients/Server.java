package io.sluice.itests.clients;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    void awaitLive(String stream) {
        Await.until(() -> stream + " is live; the log says:\n" + server.log(), PATIENCE, () -> server.get("/hls/" + stream + "/index.m3u8").statusCode() == 200);
    }
}

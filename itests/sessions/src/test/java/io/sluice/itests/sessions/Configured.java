package io.sluice.itests.sessions;

import io.sluice.testkit.Await;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/** A server whose sessions end after a second, so that the history tells soon what they were; its log is kept under the module's target folder. */
final class Configured implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(40);

    private final String name;
    private final SluiceServer server;

    Configured(Class<?> test) throws IOException {
        name = test.getSimpleName();
        server = new SluiceServer(Path.of(System.getProperty("sluice.dist")), Files.createTempDirectory("sluice-home"), Path.of(System.getProperty("sluice.jdk"))).start();
        Await.until("the demo plays", PATIENCE, () -> server.get("/hls/demo/index.m3u8").statusCode() == 200);
    }

    SluiceServer server() {
        return server;
    }

    /** Edits a file in conf/ by hand, and waits until it counts. */
    void configure(String pid, String json, Callable<Boolean> effect) throws IOException {
        Files.writeString(server.home().resolve("conf/" + pid + ".cfg.json"), json);
        Await.until(() -> pid + " counts; the log says:\n" + server.log(), PATIENCE, effect);
    }

    /** Selects a strategy. */
    void strategy(String strategy, String viewers) throws IOException {
        configure("io.sluice.sessions", "{\"strategy\": \"" + strategy + "\", \"viewers\": [" + viewers + "], \"inactivitySeconds\": 1}",
            () -> log().contains("(strategy " + strategy + ", "));
    }

    String log() throws IOException {
        return Files.readString(server.home().resolve("data/log/sluice.log"));
    }

    /** Sessions of the history, each a line; of one user agent, which stands for one test. */
    List<String> ended(String userAgent) throws IOException {
        return server.getAdmin("/system/console/sluice-history/sessions.csv").body().lines().filter(line -> line.contains("\"" + userAgent + "\"")).toList();
    }

    /** Waits until so many are there. */
    List<String> awaitEnded(String userAgent, int count) throws IOException {
        Await.until(() -> count + " sessions of " + userAgent + " in the history", PATIENCE, () -> ended(userAgent).size() >= count);
        return ended(userAgent);
    }

    @Override
    public void close() throws IOException {
        server.close();
        Path output = Files.createDirectories(Path.of(System.getProperty("sluice.output")));
        Files.writeString(output.resolve(name + ".log"), server.log());
    }
}

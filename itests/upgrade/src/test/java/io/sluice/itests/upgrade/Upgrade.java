package io.sluice.itests.upgrade;

import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A plugin of the distribution and a newer version of it that differs in wire bytes and snapshot schema; swaps between them in a running server. */
final class Upgrade {
    static final String NEWER = "1.1.0";
    private static final Duration SWAPPED = Duration.ofSeconds(30);

    private final SluiceServer server;
    private final String bundle;
    private final Path newer;

    /** @param buildProperties of the newer version: replaces the resource of that name in the jar */
    Upgrade(SluiceServer server, String bundle, String buildProperties, Path folder) throws IOException {
        this.server = server;
        this.bundle = bundle;
        this.newer = JarVariant.of(shipped(bundle)).version(NEWER).entry(bundle.replace('.', '/') + "/internal/build.properties", buildProperties)
            .write(folder.resolve(bundle + "-" + NEWER + ".jar"));
    }

    /** Places the newer version in deploy/ and waits until nothing runs the older one. */
    void up() throws IOException {
        server.deploy(newer, newer.getFileName().toString());
        awaitElected(NEWER);
    }

    /** Takes it away again and waits until the shipped version serves everybody. */
    void down() throws IOException {
        server.undeploy(newer.getFileName().toString());
        awaitElected("0.1.0");
    }

    private void awaitElected(String version) {
        Await.until(() -> bundle + " " + version + " serves alone:\n" + plugins() + "\n" + server.log().lines().skip(Math.max(0, server.log().lines().count() - 30)).toList(),
            SWAPPED, () -> {
                List<String> lines = plugins().lines().filter(l -> l.contains(bundle + " ")).toList();
                return lines.stream().anyMatch(l -> l.contains(" " + version) && l.contains("ELECTED"))
                    && lines.stream().noneMatch(l -> l.contains("DRAINING") || l.contains("REJECTED"));
            });
    }

    private String plugins() {
        try {
            return server.shell("sluice:plugins");
        } catch (IOException e) {
            return "(no answer: " + e + ")";
        }
    }

    private static Path shipped(String bundle) throws IOException {
        try (Stream<Path> jars = Files.walk(Path.of(System.getProperty("sluice.dist"), "system"))) {
            return jars.filter(p -> p.getFileName().toString().startsWith(bundle + "-")).findFirst().orElseThrow();
        }
    }
}

package io.sluice.itests.upgrade;

import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A plugin of the distribution and another version of it; swaps between them in a running server. */
final class Upgrade {
    static final String NEWER = "1.1.0";
    static final String SHIPPED = "0.1.0";
    private static final Duration SWAPPED = Duration.ofSeconds(30);

    private final SluiceServer server;
    private final String bundle;
    private final String version;
    private final Path newer;
    private final List<Long> millis = new ArrayList<>();

    /** @param newer a jar whose version is in its name: bundle-version.jar */
    Upgrade(SluiceServer server, String bundle, String version, Path newer) {
        this.server = server;
        this.bundle = bundle;
        this.version = version;
        this.newer = newer;
    }

    /** To a version that differs in wire bytes and snapshot schema. @param buildProperties replaces the resource of that name in the jar */
    static Upgrade with(SluiceServer server, String bundle, String buildProperties, Path folder) throws IOException {
        return new Upgrade(server, bundle, NEWER, JarVariant.of(Shipped.jar(bundle)).version(NEWER)
            .entry(bundle.replace('.', '/') + "/internal/build.properties", buildProperties).write(folder.resolve(bundle + "-" + NEWER + ".jar")));
    }

    /** To the same code under a higher version number. */
    static Upgrade of(SluiceServer server, String bundle, Path folder) throws IOException {
        return new Upgrade(server, bundle, NEWER, JarVariant.of(Shipped.jar(bundle)).version(NEWER).write(folder.resolve(bundle + "-" + NEWER + ".jar")));
    }

    /** Places the other version in deploy/ and waits until nothing runs the shipped one. */
    void up() throws IOException {
        place();
        awaitAlone(version);
    }

    void place() throws IOException {
        server.deploy(newer, newer.getFileName().toString());
    }

    /** Takes it away again and waits until the shipped version serves everybody. */
    void down() throws IOException {
        server.undeploy(newer.getFileName().toString());
        awaitAlone(SHIPPED);
    }

    private void awaitAlone(String wanted) {
        long began = System.nanoTime();
        await(wanted + " serves alone", lines -> has(lines, wanted, "ELECTED") && lines.stream().noneMatch(l -> l.contains("DRAINING") || l.contains("REJECTED")));
        millis.add((System.nanoTime() - began) / 1_000_000);
    }

    /** Waits until a version is in a state. @return its line */
    String await(String wanted, String state) {
        await(wanted + " is " + state, lines -> has(lines, wanted, state));
        return lines().stream().filter(l -> l.contains(" " + wanted) && l.contains(state)).findFirst().orElse("(no longer)");
    }

    private void await(String what, java.util.function.Predicate<List<String>> condition) {
        Await.until(() -> bundle + " " + what + ":\n" + String.join("\n", lines()) + "\n" + tail(), SWAPPED, () -> condition.test(lines()));
    }

    private static boolean has(List<String> lines, String version, String state) {
        return lines.stream().anyMatch(l -> l.contains(" " + version) && l.contains(state));
    }

    /** What sluice:plugins says of this bundle. */
    List<String> lines() {
        try {
            return server.shell("sluice:plugins").lines().filter(l -> l.contains(bundle + " ")).toList();
        } catch (IOException e) {
            return List.of("(no answer: " + e + ")");
        }
    }

    private String tail() {
        List<String> log = server.log().lines().toList();
        return String.join("\n", log.subList(Math.max(0, log.size() - 30), log.size()));
    }

    /** How long the swaps took, from the jar's coming or going to one version serving everybody. */
    String times() {
        List<Long> sorted = millis.stream().sorted().toList();
        return bundle + ": " + sorted.size() + " swaps, median " + sorted.get(sorted.size() / 2) + " ms, longest " + sorted.get(sorted.size() - 1) + " ms";
    }
}

package io.sluice.itests.variables;

import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The distribution under test, and variables in it: configured as files, asked for by commands. */
final class VariableServer implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String NEWER = "1.1.0";
    private final SluiceServer server;
    private final Path folder;

    private VariableServer(Path folder) {
        this.folder = folder;
        this.server = new SluiceServer(Path.of(System.getProperty("sluice.dist")), folder.resolve("home"), Path.of(System.getProperty("sluice.jdk")));
    }

    static VariableServer start(Path folder) throws IOException {
        VariableServer started = new VariableServer(folder);
        started.again();
        return started;
    }

    /** Starts what was stopped or killed. */
    void again() throws IOException {
        server.start();
        Await.until(() -> "the engine is elected: " + server.log(), PATIENCE, () -> !shell("sluice:variables").isEmpty());
    }

    SluiceServer server() {
        return server;
    }

    Path home() {
        return server.home();
    }

    String shell(String command) throws IOException {
        return server.shell(command).strip();
    }

    /** Writes its configuration, as an editor would. @param rest such as {@code "value": "north"} */
    void define(String name, String type, String... rest) throws IOException {
        String attributes = Stream.concat(Stream.of("\"name\": \"" + name + "\"", "\"type\": \"" + type + "\""), Stream.of(rest)).collect(Collectors.joining(",\n  "));
        Path file = file(name);
        Path hidden = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(hidden, "{\n  " + attributes + "\n}\n");
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Path file(String name) {
        return home().resolve("conf/io.sluice.variables.variable~" + name + ".cfg.json");
    }

    void awaitExpansion(String template, String expected) {
        Await.until(() -> template + " gives " + expected + "; it gives " + expansion(template) + "\n" + variables(), PATIENCE, () -> expansion(template).equals(expected));
    }

    String expansion(String template) {
        return expansion(template, "");
    }

    String expansion(String template, String stream) {
        try {
            return shell("sluice:expand '" + template + "' '" + stream + "'");
        } catch (IOException e) {
            return "(no answer: " + e + ")";
        }
    }

    /** The table of variables. */
    String variables() {
        try {
            return shell("sluice:variables");
        } catch (IOException e) {
            return "(no answer: " + e + ")";
        }
    }

    /** What the command says of one, by the first column; of the changes, which stand last, the values alone. */
    Map<String, String> variable(String name) throws IOException {
        return shell("sluice:variable " + name).lines().collect(Collectors.toMap(l -> l.split("  +")[0], l -> l.contains("  ") ? l.substring(l.indexOf("  ")).strip() : "", (a, b) -> b));
    }

    List<String> changes(String name) throws IOException {
        return shell("sluice:variable " + name).lines().filter(l -> l.matches("\\d{4}-\\d\\d-\\d\\dT.*")).map(l -> l.split("  +", 2)[1]).toList();
    }

    /** Puts a newer jar of the same code into deploy/ and waits until it serves alone. */
    void upgrade(String bundle) throws IOException {
        Path jar = folder.resolve(bundle + "-" + NEWER + ".jar");
        server.deploy(JarVariant.of(server.shipped(bundle)).version(NEWER).write(jar), jar.getFileName().toString());
        awaitAlone(bundle, NEWER);
    }

    /** Takes it away again. */
    void downgrade(String bundle) throws IOException {
        server.undeploy(bundle + "-" + NEWER + ".jar");
        awaitAlone(bundle, "0.1.0");
    }

    private void awaitAlone(String bundle, String version) {
        Await.until(() -> bundle + " " + version + " serves alone:\n" + plugins(bundle), PATIENCE, () -> {
            String lines = plugins(bundle);
            return lines.lines().anyMatch(l -> l.contains(" " + version) && l.contains("ELECTED")) && !lines.contains("DRAINING") && !lines.contains("REJECTED");
        });
    }

    private String plugins(String bundle) {
        try {
            return shell("sluice:plugins").lines().filter(l -> l.startsWith(bundle + " ")).collect(Collectors.joining("\n"));
        } catch (IOException e) {
            return "(no answer: " + e + ")";
        }
    }

    /** Stops it and keeps its log where the build keeps such. */
    void close(String test) throws IOException {
        close();
        Path output = Path.of(System.getProperty("sluice.output", "target/output"));
        Files.createDirectories(output);
        Files.copy(server.logFile(), output.resolve(test + ".log"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        server.close();
    }
}

package io.sluice.itests.triggers;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The distribution under test with triggers, configured as files and looked at by commands. */
final class TriggerServer implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PID = "io.sluice.triggers.trigger~";
    private static final String NEWER = "1.1.0";

    private final SluiceServer server;
    private final Path folder;

    /** With the configuration that is shipped; a test adds to it before the start or later. */
    TriggerServer(Path folder) throws IOException {
        this.folder = folder;
        Path distribution = Path.of(System.getProperty("sluice.dist"));
        server = new SluiceServer(distribution, folder.resolve("home"), Path.of(System.getProperty("sluice.jdk")));
        try (Stream<Path> shipped = Files.list(distribution.resolve("conf"))) {
            Path conf = Files.createDirectories(server.home().resolve("conf"));
            for (Path file : shipped.filter(Files::isRegularFile).toList()) {
                Files.copy(file, conf.resolve(file.getFileName()));
            }
        }
    }

    TriggerServer start() throws IOException {
        server.start();
        return this;
    }

    SluiceServer server() {
        return server;
    }

    /** Writes a trigger's configuration as an editor would, and waits until it counts. @param rest names and values */
    void trigger(String name, String type, String handler, String target, Object... rest) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>(Map.of("type", type, "handler", handler, "target", target));
        for (int i = 0; i < rest.length; i += 2) {
            values.put((String) rest[i], rest[i + 1]);
        }
        write(PID + name, values);
        if (server.running()) {
            Await.until(() -> name + " is configured: " + triggers(), PATIENCE, () -> triggers().lines().anyMatch(l -> l.startsWith(name + " ")));
        }
    }

    void write(String pid, Map<String, Object> values) throws IOException {
        Path file = conf(pid);
        Files.createDirectories(file.getParent());
        Path hidden = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(hidden, new ObjectMapper().writeValueAsString(values));
        Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE);
    }

    Path conf(String pid) {
        return server.home().resolve("conf/" + pid + ".cfg.json");
    }

    void remove(String name) throws IOException {
        Files.deleteIfExists(conf(PID + name));
        Await.until(() -> name + " is gone: " + triggers(), PATIENCE, () -> triggers().lines().noneMatch(l -> l.startsWith(name + " ")));
    }

    /** The table of triggers. */
    String triggers() {
        return shell("sluice:triggers");
    }

    /** One cell of it. */
    String cell(String name, String column) {
        String[] lines = triggers().split("\n");
        int start = lines[0].indexOf(column);
        String[] heads = lines[0].trim().split(" +");
        String[] cells = Stream.of(lines).filter(l -> l.startsWith(name + " ")).findFirst().orElse("").trim().split("  +");
        for (int i = 0; start >= 0 && i < heads.length && i < cells.length; i++) {
            if (heads[i].equals(column)) {
                return cells[i];
            }
        }
        return "";
    }

    String shell(String command) {
        try {
            return server.shell(command).strip();
        } catch (IOException e) {
            return "(no answer: " + e + ")";
        }
    }

    /** An executable in the home's folder for them; {@code $OUT} is a file beside it. @return where it writes to */
    Path script(String name, String... lines) throws IOException {
        Path file = Files.createDirectories(server.home().resolve("triggers")).resolve(name);
        Path out = file.resolveSibling(name + ".out");
        Files.writeString(file, "#!/bin/sh\nOUT=" + out + "\n" + String.join("\n", lines) + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return out;
    }

    /** A viewer who asks for a playlist; a session of its own for each token. */
    HttpResponse<String> view(String stream, String token) throws IOException {
        return server.get("/hls/" + stream + "/index.m3u8?tkn=" + token);
    }

    CompletableFuture<Integer> viewing(String stream, String token) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return view(stream, token).statusCode();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /** Puts a newer jar of the same code into deploy/ and waits until new work goes to it. */
    void upgrade(String bundle) throws IOException {
        Path jar = folder.resolve(bundle + "-" + NEWER + ".jar");
        server.deploy(JarVariant.of(server.shipped(bundle)).version(NEWER).write(jar), jar.getFileName().toString());
        awaitElected(bundle, NEWER);
    }

    void downgrade(String bundle) throws IOException {
        server.undeploy(bundle + "-" + NEWER + ".jar");
        awaitElected(bundle, "0.1.0");
    }

    private void awaitElected(String bundle, String version) {
        Await.until(() -> bundle + " " + version + " is elected:\n" + plugins(bundle), PATIENCE, () -> plugins(bundle).lines().anyMatch(l -> l.contains(" " + version) && l.contains("ELECTED")));
    }

    String plugins(String bundle) {
        return shell("sluice:plugins").lines().filter(l -> l.startsWith(bundle + " ")).collect(Collectors.joining("\n"));
    }

    /** Stops it and keeps its log where the build keeps such. */
    void close(String test) throws IOException {
        close();
        Path output = Files.createDirectories(Path.of(System.getProperty("sluice.output", "target/output")));
        Files.copy(server.logFile(), output.resolve(test + ".log"), StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void close() {
        server.close();
    }
}

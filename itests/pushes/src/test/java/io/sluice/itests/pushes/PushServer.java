package io.sluice.itests.pushes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.testkit.Await;
import io.sluice.testkit.JarVariant;
import io.sluice.testkit.SluiceServer;
import io.sluice.testkit.client.Ffmpeg;
import io.sluice.testkit.media.ClipFrames;
import io.sluice.testkit.rtmp.RtmpPublisher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The distribution under test, a stream whose pictures carry the time of day, and its pushes as the shell shows them. */
final class PushServer implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String PUSH = "io.sluice.pushes.push~";
    private final SluiceServer server;
    private final Path folder;

    PushServer(Path folder) throws IOException {
        this.folder = folder;
        this.server = new SluiceServer(Path.of(System.getProperty("sluice.dist")), folder.resolve("home"), Path.of(System.getProperty("sluice.jdk")));
        if (!Boolean.getBoolean("sluice.long")) {
            server.environment("JAVA_OPTS", "-XX:TieredStopAtLevel=1"); // it runs for a minute: compiled in haste
        }
        again();
        conf("io.sluice.variable.url", "\"allowed\": [\"127.0.0.1/32\"]");
    }

    /** Starts what was stopped. */
    void again() throws IOException {
        server.start();
        Await.until(() -> "the engine works: " + server.log(), PATIENCE, () -> !server.shell("sluice:pushes").isEmpty());
    }

    SluiceServer server() {
        return server;
    }

    RtmpPublisher publish(String stream) throws IOException {
        ClipFrames clip = ClipFrames.of(Ffmpeg.installed().clip(folder.resolve(stream + ".flv"), 20, 0));
        RtmpPublisher publisher = RtmpPublisher.open(server.rtmp("live", stream + "?key=" + SluiceServer.PUBLISH_KEY));
        publisher.start(new WallClockFrames(clip.looped(0)), RtmpPublisher.Pace.REAL_TIME);
        return publisher;
    }

    /** Writes a configuration, as an editor would. */
    Path conf(String pid, String... attributes) throws IOException {
        Path file = file(pid);
        Files.createDirectories(file.getParent());
        Path hidden = file.resolveSibling("." + file.getFileName() + ".tmp");
        Files.writeString(hidden, "{\n  " + String.join(",\n  ", attributes) + "\n}\n");
        return Files.move(hidden, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    Path file(String pid) {
        return server.home().resolve("conf/" + pid + ".cfg.json");
    }

    /** @param more attributes, such as "\"waitSeconds\": 0" */
    Path entry(String name, String stream, String target, String rule, String... more) throws IOException {
        List<String> all = new ArrayList<>(List.of("\"stream\": \"" + stream + "\"", "\"target\": \"" + target + "\"", "\"rule\": \"" + rule + "\""));
        all.addAll(List.of(more));
        return conf(PUSH + name, all.toArray(String[]::new));
    }

    /** The number of the one connection that the server has opened for a push. */
    String connection(int port) throws IOException {
        List<String> dialled = server.shell("sluice:connections").lines().filter(l -> l.contains("dialled") && l.contains(":" + port + " ")).toList();
        assertEquals(1, dialled.size(), () -> dialled.toString());
        return dialled.get(0).strip().split("\\s+")[0];
    }

    String pushes() {
        try {
            return server.shell("sluice:pushes").strip();
        } catch (IOException e) {
            return "(no answer: " + e + ")";
        }
    }

    /** The rows of an entry, each by its column's name. */
    List<Map<String, String>> rows(String entry) {
        String[] lines = pushes().split("\n");
        return Stream.of(lines).skip(1).map(l -> row(lines[0], l)).filter(r -> r.get("ENTRY").equals(entry)).toList();
    }

    private static Map<String, String> row(String heads, String line) {
        Map<String, String> row = new TreeMap<>();
        java.util.regex.Matcher head = java.util.regex.Pattern.compile("(\\S+)\\s*").matcher(heads);
        while (head.find()) {
            int from = Math.min(head.start(), line.length());
            int to = head.end() == heads.length() ? line.length() : Math.min(head.end(), line.length());
            row.put(head.group(1), line.substring(from, to).strip());
        }
        return row;
    }

    Map<String, String> only(String entry) {
        List<Map<String, String>> rows = rows(entry);
        return rows.size() == 1 ? rows.get(0) : Map.of("STATE", rows.size() + " rows", "ID", "", "WHY", "");
    }

    /** Starts a push by hand, which ends once. @return its id @throws IOException with the words of a refusal */
    String push(String stream, String target) throws IOException {
        return server.shell("sluice:push " + stream + " '" + target + "'").split(" ")[1];
    }

    /** Starts one and waits for its end in order, which its parameters say. */
    void pushWhole(String stream, String target) throws IOException {
        String id = push(stream, target);
        awaitEnd(id);
    }

    void awaitEnd(String id) {
        Await.until(() -> id + " has ended:\n" + pushes() + "\n" + server.log(), PATIENCE, () -> byId(id).get("STATE").startsWith("ENDED"));
        if (!byId(id).get("STATE").equals("ENDED")) {
            throw new AssertionError(byId(id).toString());
        }
    }

    Map<String, String> byId(String id) {
        return rows("(by hand)").stream().filter(r -> r.get("ID").equals(id)).findFirst().orElse(Map.of("STATE", "not listed", "ID", id));
    }

    /** Where recordings lie. */
    Path recording(String name) {
        return server.home().resolve("data/recordings").resolve(name);
    }

    void awaitState(String entry, String state) {
        Await.until(() -> entry + " is " + state + ":\n" + pushes() + "\n" + server.log(), PATIENCE, () -> only(entry).get("STATE").equals(state));
    }

    List<Path> recordings(String suffix) throws IOException {
        Path root = server.home().resolve("data/recordings");
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(f -> f.toString().endsWith(suffix)).sorted().toList();
        }
    }

    /** Puts a newer jar of the same code into deploy/ and waits until it is elected. */
    void upgrade(String bundle) throws IOException {
        Path jar = folder.resolve(bundle + "-1.1.0.jar");
        server.deploy(JarVariant.of(server.shipped(bundle)).version("1.1.0").write(jar), jar.getFileName().toString());
        Await.until(() -> bundle + " 1.1.0 is elected: " + server.log(), PATIENCE,
            () -> server.shell("sluice:plugins").lines().anyMatch(l -> l.startsWith(bundle + " ") && l.contains(" 1.1.0") && l.contains("ELECTED")));
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

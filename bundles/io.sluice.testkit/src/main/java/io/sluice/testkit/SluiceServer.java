package io.sluice.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The real, unpacked distribution in a process of its own, on free loopback ports and a home of its own. From one thread. */
public final class SluiceServer implements AutoCloseable {
    public static final String PUBLISH_KEY = "itest-key";
    public static final String ADMIN_PASSWORD = "itest-password";
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration STOPPED = Duration.ofSeconds(30);

    private final Path distribution;
    private final Path home;
    private final Path jdk;
    private final int httpPort;
    private final int rtmpPort;
    private final int adminPort;
    private final int webRtcPort;
    private final Map<String, String> extra = new HashMap<>();
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(5)).build();
    private Process process;

    /**
     * @param distribution the folder with bin/sluice
     * @param home         an empty folder, or one that an earlier server left
     * @param jdk          the JDK that runs it
     */
    public SluiceServer(Path distribution, Path home, Path jdk) {
        this.distribution = distribution;
        this.home = home;
        this.jdk = jdk;
        List<Integer> ports = FreePorts.take(4);
        this.httpPort = ports.get(0);
        this.rtmpPort = ports.get(1);
        this.adminPort = ports.get(2);
        this.webRtcPort = ports.get(3);
    }

    /** The UDP port of WebRTC. */
    public int webRtcPort() {
        return webRtcPort;
    }

    /** Adds to or overrides the environment of the next start; an empty value removes the variable. */
    public SluiceServer environment(String name, String value) {
        extra.put(name, value);
        return this;
    }

    /** Starts it and returns when all three ports answer. The ports are the same at each start. */
    public SluiceServer start(String... arguments) throws IOException {
        Files.createDirectories(home);
        List<String> command = new ArrayList<>(List.of(distribution.resolve("bin/sluice").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile())).redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        environment(builder.environment());
        long greetings = greetings();
        process = builder.start();
        awaitReady(greetings);
        return this;
    }

    private void environment(Map<String, String> env) {
        env.put("JAVA_HOME", jdk.toString());
        env.put("SLUICE_HOME", home.toString());
        env.put("SLUICE_HTTP_PORT", Integer.toString(httpPort));
        env.put("SLUICE_RTMP_PORT", Integer.toString(rtmpPort));
        env.put("SLUICE_WEBRTC_PORT", Integer.toString(webRtcPort));
        env.put("SLUICE_ADMIN_PORT", Integer.toString(adminPort));
        env.put("SLUICE_PUBLISH_KEY", PUBLISH_KEY);
        env.put("SLUICE_ADMIN_PASSWORD", ADMIN_PASSWORD);
        env.putAll(extra);
        env.values().removeIf(String::isEmpty);
    }

    /** It greets when its plugins are elected, or says what does not work; a port that listens earlier has nobody yet who speaks there. */
    private void awaitReady(long greetings) {
        Await.until(() -> "the server greets and answers on its ports; its log says:\n" + log(), READY, () -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the server ended with exit code " + process.exitValue());
            }
            return greetings() > greetings && listens(rtmpPort) && answers(httpPort, "/") && answers(adminPort, "/system/console/bundles");
        });
    }

    private long greetings() {
        return log().lines().filter(line -> line.startsWith("Sluice ") && (line.endsWith(" is ready.") || line.contains("not everything works"))).count();
    }

    private static boolean listens(int port) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        }
    }

    /** Any answer will do but 503 and, on the admin port, 404: the console is there when it asks for a password. */
    private boolean answers(int port, String path) throws IOException {
        int status = get(URI.create("http://127.0.0.1:" + port + path)).statusCode();
        return status != 503 && !(port == adminPort && status == 404);
    }

    /** GET of a path of the media port, such as "/demo.html". */
    public HttpResponse<String> get(String path) throws IOException {
        return get(http(path));
    }

    /** GET of a path of the admin port with the administrator's credentials. */
    public HttpResponse<String> getAdmin(String path) throws IOException {
        return send(HttpRequest.newBuilder(admin(path)).header("Authorization", basic()).timeout(Duration.ofSeconds(20)).build());
    }

    private HttpResponse<String> get(URI uri) throws IOException {
        return send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build());
    }

    /** Sends a request of the test's own making. */
    public HttpResponse<String> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** The Authorization header of the administrator. */
    public static String basic() {
        return "Basic " + Base64.getEncoder().encodeToString(("admin:" + ADMIN_PASSWORD).getBytes());
    }

    public URI http(String path) {
        return URI.create("http://127.0.0.1:" + httpPort + path);
    }

    public URI admin(String path) {
        return URI.create("http://127.0.0.1:" + adminPort + path);
    }

    /** Such as {@code rtmp("live", "mine?key=K")}. */
    public URI rtmp(String app, String stream) {
        return URI.create("rtmp://127.0.0.1:" + rtmpPort + "/" + app + "/" + stream);
    }

    public Path home() {
        return home;
    }

    /** Puts a jar into deploy/ under this name, whole at once: a hidden file first, then a rename. */
    public void deploy(Path jar, String name) throws IOException {
        Path folder = Files.createDirectories(home.resolve("deploy"));
        Path hidden = folder.resolve("." + name + ".part");
        Files.copy(jar, hidden, StandardCopyOption.REPLACE_EXISTING);
        Files.move(hidden, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    public void undeploy(String name) throws IOException {
        Files.delete(home.resolve("deploy").resolve(name));
    }

    /** Runs one Gogo command in the server and answers what it printed. @throws IOException with that text when the command failed */
    public String shell(String command) throws IOException {
        return ShellSocket.ask(home.resolve("data/shell.sock"), command);
    }

    /** A jar of the distribution, whatever its version. */
    public Path shipped(String symbolicName) throws IOException {
        try (Stream<Path> files = Files.walk(distribution.resolve("system"))) {
            return files.filter(p -> p.getFileName().toString().matches(Pattern.quote(symbolicName) + "-\\d.*\\.jar")).findFirst().orElseThrow();
        }
    }

    /** The framework's number of a bundle. */
    public long bundle(String symbolicName) throws IOException {
        return shell("felix:lb -s").lines().filter(l -> l.contains("|" + symbolicName + " ")).mapToLong(l -> Long.parseLong(l.substring(0, l.indexOf('|')).strip())).findFirst().orElseThrow();
    }

    public long pid() {
        return process.pid();
    }

    public boolean running() {
        return process != null && process.isAlive();
    }

    /** What all runs in this home have printed so far. */
    public String log() {
        try {
            return Files.exists(logFile()) ? Files.readString(logFile()) : "";
        } catch (IOException e) {
            return "(the log cannot be read: " + e + ")";
        }
    }

    public Path logFile() {
        return home.resolve("console.log");
    }

    /** Asks it to stop (SIGTERM) and waits for the end; its exit code. */
    public int stop() {
        if (process == null) {
            return 0;
        }
        process.destroy();
        return awaitEnd();
    }

    /** kill -9 of it and of what it started. */
    public void kill() {
        if (process != null) {
            forcibly();
            awaitEnd();
        }
    }

    private void forcibly() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private int awaitEnd() {
        try {
            if (!process.waitFor(STOPPED.toSeconds(), TimeUnit.SECONDS)) {
                forcibly();
                throw new AssertionError("the server did not stop within " + STOPPED.toSeconds() + " s; its log says:\n" + log());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the server stopped", e);
        }
    }

    @Override
    public void close() {
        if (running()) {
            stop();
        }
    }
}

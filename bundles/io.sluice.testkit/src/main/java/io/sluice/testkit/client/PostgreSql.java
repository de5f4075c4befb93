package io.sluice.testkit.client;

import io.sluice.testkit.FreePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL in a folder of its own, on a port of its own; as nobody where we are root, because it refuses to be root. */
public final class PostgreSql implements AutoCloseable {
    public static final String USER = "sluice";
    public static final String PASSWORD = "a secret";
    private static final Path DEBIAN = Path.of("/usr/lib/postgresql");

    private final Path folder;
    private final int port = FreePorts.take(1).get(0);

    private PostgreSql(Path folder) {
        this.folder = folder;
    }

    private static Optional<Path> programs() {
        try (Stream<Path> versions = Files.list(DEBIAN)) {
            return versions.map(v -> v.resolve("bin")).filter(bin -> Files.isExecutable(bin.resolve("initdb"))).max(Comparator.naturalOrder());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Debian: postgresql. */
    public static boolean installed() {
        return programs().isPresent();
    }

    /** Not started yet. */
    public static PostgreSql create() throws IOException, InterruptedException {
        PostgreSql server = new PostgreSql(Files.createTempDirectory("sluice-postgresql"));
        Files.setPosixFilePermissions(server.folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path password = Files.writeString(server.folder.resolve("password"), PASSWORD + "\n");
        server.run("initdb", "-D", server.data(), "-U", USER, "-A", "scram-sha-256", "--pwfile=" + password, "-E", "UTF8", "--no-locale", "--no-sync");
        return server;
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    /** JDBC's. */
    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Returns when it answers. */
    public void start() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-t", "30", "-l", folder.resolve("log").toString(), "-o", "-p " + port + " -k " + folder + " -c listen_addresses=127.0.0.1 -c fsync=off", "start");
    }

    /** At once, as if it had crashed. */
    public void stop() throws IOException, InterruptedException {
        run("pg_ctl", "-D", data(), "-w", "-t", "30", "-m", "immediate", "stop");
    }

    /** Stops it where it runs, and deletes its folder. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (Files.exists(folder.resolve("data/postmaster.pid"))) {
            stop();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        command.add(programs().orElseThrow().resolve(program).toString());
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile("sluice-postgresql", ".out");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).redirectOutput(output.toFile()).start();
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        String said = Files.readString(output);
        Files.delete(output);
        if (!ended || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(program + " failed: " + said);
        }
    }
}

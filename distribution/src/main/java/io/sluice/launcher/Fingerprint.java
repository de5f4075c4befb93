package io.sluice.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the framework's cache still belongs to what is installed. The cache is kept over restarts, because bundles that were put there at run time live in it;
 * it is thrown away only when the installation has changed: place, names, sizes or times of its jars.
 */
record Fingerprint(Path file, String now) {
    static Fingerprint of(Home home) throws IOException {
        try (Stream<Path> bin = Files.list(home.installation().resolve("bin")); Stream<Path> system = Files.walk(home.system(), 2)) {
            String now = Stream.concat(bin, system).filter(path -> path.toString().endsWith(".jar")).sorted().map(Fingerprint::line).collect(Collectors.joining());
            return new Fingerprint(home.data().resolve("cache.fingerprint"), now);
        }
    }

    boolean unchanged() throws IOException {
        return Files.exists(file) && Files.readString(file).equals(now);
    }

    /** Called when the cache holds everything; a start that is killed earlier begins anew. */
    void record() throws IOException {
        PrivateFile.write(file, now);
    }

    void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private static String line(Path jar) {
        try {
            return jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis() + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.sluice.itests.upgrade;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Jars of the distribution under test. */
final class Shipped {
    private Shipped() {
    }

    static Path jar(String bundle) throws IOException {
        return all().stream().filter(p -> p.getFileName().toString().startsWith(bundle + "-")).findFirst().orElseThrow();
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(System.getProperty("sluice.dist"), "system"))) {
            return files.filter(p -> p.toString().endsWith(".jar")).toList();
        }
    }
}

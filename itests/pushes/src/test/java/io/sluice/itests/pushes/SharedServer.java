package io.sluice.itests.pushes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for the classes that stay beside each other on streams of their own; it ends with the run. */
final class SharedServer implements BeforeAllCallback {
    private Held held;

    private static final class Held implements AutoCloseable {
        private final Path folder;
        private final PushServer server;

        Held() {
            try {
                folder = Files.createTempDirectory("sluice-pushes");
                server = new PushServer(folder);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            server.close("shared");
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(f -> f.toFile().delete());
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        held = context.getRoot().getStore(ExtensionContext.Namespace.create(SharedServer.class)).getOrComputeIfAbsent(Held.class, k -> new Held(), Held.class);
    }

    PushServer get() {
        return held.server;
    }
}

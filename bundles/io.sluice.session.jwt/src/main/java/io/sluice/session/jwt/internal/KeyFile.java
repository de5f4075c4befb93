package io.sluice.session.jwt.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keys in a file, read again when the file has changed. What it held before stays in use while a changed file makes no sense. */
final class KeyFile implements Keys {
    static final int MAX_BYTES = 1 << 20;
    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);
    private static final long LOOK_NANOS = 2_000_000_000L;

    private final Path file;
    private final Function<byte[], KeySet> parser;
    private final LongSupplier nanoTime;
    private KeySet keys = KeySet.EMPTY;
    private FileTime modified;
    private String problem = "";
    private long lookedNanos;

    KeyFile(Path file, Function<byte[], KeySet> parser, LongSupplier nanoTime) {
        this.file = file;
        this.parser = parser;
        this.nanoTime = nanoTime;
        lookedNanos = nanoTime.getAsLong() - LOOK_NANOS;
    }

    @Override
    public synchronized KeySet keys(String id) throws IOException {
        long now = nanoTime.getAsLong();
        if (now - lookedNanos >= LOOK_NANOS) {
            lookedNanos = now;
            look();
        }
        if (keys.keys().isEmpty()) {
            throw new IOException("this server has no keys to check tokens with");
        }
        return keys;
    }

    private void look() {
        try {
            FileTime time = Files.getLastModifiedTime(file);
            if (time.equals(modified)) {
                return;
            }
            modified = time;
            if (Files.size(file) > MAX_BYTES) {
                throw new IOException("it has more than " + MAX_BYTES + " bytes");
            }
            keys = parser.apply(Files.readAllBytes(file));
            problem = "";
            LOG.info("{}: {} keys for tokens", file, keys.keys().size());
        } catch (IOException | IllegalArgumentException e) {
            complain(e instanceof NoSuchFileException ? "there is no such file" : String.valueOf(e.getMessage()));
        }
    }

    private void complain(String now) {
        if (!now.equals(problem)) {
            problem = now;
            LOG.error("{}: no keys can be read from it: {}{}", file, now, keys.keys().isEmpty() ? "; no token is taken" : "; those from before stay in use");
        }
    }
}

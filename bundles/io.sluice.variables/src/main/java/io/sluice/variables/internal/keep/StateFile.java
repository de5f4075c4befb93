package io.sluice.variables.internal.keep;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file of values: a line for each variable, after a first line that says which process wrote it. Replaced whole, by renaming; only the server's user may read it. One thread
 * at a time.
 */
public final class StateFile {
    private static final Logger LOG = LoggerFactory.getLogger(StateFile.class);
    private static final String PROCESS = "process ";
    private static final String THIS_PROCESS = PROCESS + ProcessHandle.current().pid() + " of " + ProcessHandle.current().info().startInstant().map(Object::toString).orElse("");
    private final Path path;

    /**
     * What the file held.
     *
     * @param sameProcess whether this process wrote it, so that no restart lies between
     * @param byName      what is kept of each variable
     */
    public record Content(boolean sameProcess, Map<String, Kept> byName) {
    }

    public StateFile(Path path) {
        this.path = path;
    }

    /** Nothing where there is no file; a line that makes no sense is left out, and that is logged. */
    public Content read() {
        Map<String, Kept> result = new HashMap<>();
        boolean same = false;
        try (BufferedReader lines = Files.newBufferedReader(path)) {
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine(), number++) {
                if (line.startsWith(PROCESS)) {
                    same = line.equals(THIS_PROCESS);
                } else {
                    take(line, number, result);
                }
            }
        } catch (NoSuchFileException e) {
            return new Content(false, Map.of());
        } catch (IOException e) {
            LOG.error("the last values of variables cannot be read from {}: {}", path, e.toString());
        }
        return new Content(same, result);
    }

    private void take(String line, int number, Map<String, Kept> into) {
        try {
            Kept kept = KeptLine.read(line);
            into.put(kept.name(), kept);
        } catch (IOException | RuntimeException e) {
            LOG.warn("{} line {} is left out: {}", path, number, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    /** Replaces the file. @throws IOException when the disk does not take it; then the file of before is still there */
    public void write(Iterable<Kept> all) throws IOException {
        Files.createDirectories(path.getParent());
        Path unfinished = path.resolveSibling(path.getFileName() + ".tmp");
        Files.deleteIfExists(unfinished);
        Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (BufferedWriter out = Files.newBufferedWriter(unfinished, StandardCharsets.UTF_8)) {
            out.write(THIS_PROCESS + "\n");
            for (Kept kept : all) {
                out.write(KeptLine.write(kept) + "\n");
            }
        }
        Files.move(unfinished, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}

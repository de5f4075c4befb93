package io.sluice.sessions.internal.tell;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file that lines are added to; when it is full it becomes NAME.1, that NAME.2 and so on. Opened for each line, so whoever moves it away gets a new one. One thread.
 * The JDK's FileHandler numbers the file in use as well, and logback's appenders belong to the server's own log.
 */
final class RotatingFile {
    private final Path file;
    private final long mostBytes;
    private final int files;

    /** @param files at most, the one in use included */
    RotatingFile(Path file, long mostBytes, int files) {
        this.file = file;
        this.mostBytes = mostBytes;
        this.files = files;
    }

    void add(String line) throws IOException {
        byte[] bytes = (line + "\n").getBytes(UTF_8);
        if (size() > 0 && size() + bytes.length > mostBytes) {
            rotate();
        }
        Files.createDirectories(file.getParent());
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private long size() throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private void rotate() throws IOException {
        for (int i = files - 1; i >= 1; i--) {
            Path from = i == 1 ? file : numbered(i - 1);
            if (Files.exists(from)) {
                Files.move(from, numbered(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        if (files == 1) {
            Files.delete(file);
        }
    }

    private Path numbered(int i) {
        return file.resolveSibling(file.getFileName() + "." + i);
    }
}

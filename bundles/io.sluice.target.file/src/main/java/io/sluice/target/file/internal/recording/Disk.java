package io.sluice.target.file.internal.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Opens files; blocks. */
@FunctionalInterface
public interface Disk {
    /** For reading and writing; a file that is not there is made, its folders too. @throws IOException with a sentence */
    FileChannel open(Path path) throws IOException;

    /** The machine's. */
    Disk REAL = path -> {
        try {
            Files.createDirectories(path.getParent());
            return FileChannel.open(path, Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS));
        } catch (FileSystemException e) {
            throw new IOException(path + " cannot be written: " + words(e), e);
        }
    };

    private static String words(FileSystemException e) {
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        return e instanceof FileAlreadyExistsException ? e.getFile() + " is no folder" : e.getReason() == null ? e.toString() : e.getReason();
    }
}

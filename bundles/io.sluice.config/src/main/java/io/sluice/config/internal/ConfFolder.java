package io.sluice.config.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The files in {@code conf/}. A write is whole and on the disk when it returns, or it throws and the old file is still there. */
final class ConfFolder {
    /** A configuration is some kilobytes; beyond this a file was put there by mistake and is not read into memory. */
    private static final long LARGEST_BYTES = 1 << 20;
    private static final String UNFINISHED = ".unfinished";

    private final Path folder;

    ConfFolder(Path folder) {
        this.folder = folder;
    }

    /** What tells one content of a file from the next, without reading it. */
    record Stamp(long modifiedNanos, long size, Object inode) {
    }

    Path path() {
        return folder;
    }

    /** The configuration files by name. Files of other kinds are not ours and are left alone. */
    Map<String, Stamp> stamps() throws IOException {
        Map<String, Stamp> result = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> FileName.parse(file.getFileName().toString()).isPresent())) {
            for (Path file : files) {
                Stamp stamp = stamp(file.getFileName().toString());
                if (stamp != null) {
                    result.put(file.getFileName().toString(), stamp);
                }
            }
        }
        return result;
    }

    /** @return null when there is no such file */
    Stamp stamp(String file) throws IOException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(folder.resolve(file), BasicFileAttributes.class);
            return attributes.isRegularFile() ? new Stamp(attributes.lastModifiedTime().to(java.util.concurrent.TimeUnit.NANOSECONDS), attributes.size(),
                attributes.fileKey()) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** @throws BrokenFile when it can be read and makes no sense */
    Map<String, Object> read(String file) throws IOException {
        Path path = folder.resolve(file);
        if (Files.size(path) > LARGEST_BYTES) {
            throw new BrokenFile(1, 1, "longer than " + LARGEST_BYTES + " bytes, which no configuration is");
        }
        return CfgJson.read(Files.readString(path));
    }

    /** Temporary file, its content to the disk, rename, the folder to the disk. Readable by the owner only: there are hashes and keys in it. */
    Stamp write(String file, Map<String, Object> values) throws IOException {
        Path unfinished = folder.resolve('.' + file + UNFINISHED);
        try {
            Files.deleteIfExists(unfinished);
            try (FileChannel out = FileChannel.open(unfinished, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(CfgJsonText.of(values));
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            Files.move(unfinished, folder.resolve(file), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            flushFolder();
            return stamp(file);
        } catch (IOException e) {
            throw new IOException("could not write " + folder.resolve(file) + ", nothing was changed: " + e, e);
        }
    }

    void delete(String file) throws IOException {
        if (Files.deleteIfExists(folder.resolve(file))) {
            flushFolder();
        }
    }

    /** Keeps what somebody wrote and we could not read, out of the way of what is written now. */
    void setAside(String file) throws IOException {
        Files.move(folder.resolve(file), folder.resolve(file + ".broken"), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What a write left that was killed before its end. */
    void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + FileName.SUFFIX + UNFINISHED)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }

    private void flushFolder() throws IOException {
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
    }
}

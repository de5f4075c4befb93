package io.sluice.launcher;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Where this server lives: {@code conf/}, {@code deploy/} and {@code data/}, beside the installation or in a folder of its own.
 * Whoever can write there can run code as the server, so all three belong to its owner alone.
 *
 * @param installation what was unpacked: {@code bin/}, {@code system/}, the defaults in {@code conf/}
 * @param folder       the home; may be the installation itself
 */
record Home(Path installation, Path folder) {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    static Home ofSystemProperties() throws IOException {
        return new Home(Main.path("sluice.installation"), Main.path("sluice.home"));
    }

    Path conf() {
        return folder.resolve("conf");
    }

    Path data() {
        return folder.resolve("data");
    }

    Path system() {
        return installation.resolve("system");
    }

    /** Makes an empty home usable; leaves a used one as it is. */
    void prepare() throws IOException {
        Files.createDirectories(folder);
        if (!Files.exists(conf())) {
            copyDefaults();
        }
        for (String name : new String[] {"conf", "deploy", "data", "conf/secrets"}) {
            Path directory = folder.resolve(name);
            Files.createDirectories(directory);
            Files.setPosixFilePermissions(directory, OWNER_ONLY);
        }
        new PublishKey(conf().resolve("secrets/publish-key")).ensure();
    }

    /** A start that is killed half-way leaves no half a conf/. */
    private void copyDefaults() throws IOException {
        Path unfinished = folder.resolve("conf.unfinished");
        Path defaults = installation.resolve("conf");
        deleteTree(unfinished);
        Files.walkFileTree(defaults, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
                if (directory.equals(defaults.resolve("secrets"))) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(unfinished.resolve(defaults.relativize(directory).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, unfinished.resolve(defaults.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }
        });
        Files.move(unfinished, conf(), StandardCopyOption.ATOMIC_MOVE);
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException failure) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

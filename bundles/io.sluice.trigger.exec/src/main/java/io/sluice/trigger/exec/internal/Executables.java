package io.sluice.trigger.exec.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Which files may be run.
 *
 * @param folder for paths that do not begin with a slash, which cannot leave it
 * @param roots  that all must lie in; none: anywhere
 */
record Executables(Path folder, List<Path> roots) {
    /** @throws IOException saying why it is not run */
    Path find(String target) throws IOException {
        if (target.isBlank()) {
            throw new IOException("no executable is named as target");
        }
        Path file;
        try {
            file = folder.resolve(target);
        } catch (InvalidPathException e) {
            throw new IOException("the target is no path: " + e.getReason());
        }
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        Path real = file.toRealPath();
        if (!Path.of(target).isAbsolute() && !within(folder, real) || !roots.isEmpty() && roots.stream().noneMatch(r -> within(r, real))) {
            throw new IOException(file + " lies outside of the folders that executables may be in");
        }
        if (!Files.isExecutable(real)) {
            throw new IOException(file + " is not executable (chmod +x)");
        }
        return real;
    }

    private static boolean within(Path root, Path real) {
        try {
            return real.startsWith(root.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}

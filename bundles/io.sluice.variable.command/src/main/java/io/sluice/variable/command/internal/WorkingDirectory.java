package io.sluice.variable.command.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a command works: the server's home or a folder in it. */
record WorkingDirectory(Path home) {
    /** @throws IllegalArgumentException when it is no folder, or one that lies elsewhere, behind symbolic links too */
    Path resolve(String directory) {
        try {
            Path root = home.toRealPath();
            Path real = root.resolve(directory.strip()).toRealPath();
            if (real.startsWith(root) && Files.isDirectory(real)) {
                return real;
            }
        } catch (IOException | IllegalArgumentException e) {
            // said below: it is no folder there
        }
        throw new IllegalArgumentException("'directory': a folder in the server's home " + home + " was wanted, '" + directory + "' was found");
    }
}

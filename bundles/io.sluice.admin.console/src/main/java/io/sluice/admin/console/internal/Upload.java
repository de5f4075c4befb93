package io.sluice.admin.console.internal;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Puts an uploaded jar into deploy/, whole at once: the deployer never sees half of it, because it grows under a hidden name and is renamed when it is complete.
 * From any thread.
 *
 * @param deploy the folder
 */
record Upload(Path deploy) {
    /** A plugin carries its dependencies inside; the greatest that we know, with natives for one platform, has 20 MiB. */
    static final long MAX_BYTES = 64L << 20;
    private static final int BUFFER_BYTES = 1 << 16;
    /** No separator, no NUL, no hidden file, nothing that a shell reads as something else. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+-]{0,120}\\.jar");

    /** Answers where the jar is now. The stream is read, not closed. */
    Path store(String name, InputStream in) throws IOException, Refused {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new Refused(400, "The file's name must end in .jar and be of letters, digits and . _ + - only.");
        }
        Files.createDirectories(deploy);
        Path part = deploy.resolve("." + UUID.randomUUID() + ".part");
        try {
            write(in, part);
            return Files.move(part, deploy.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static void write(InputStream in, Path part) throws IOException, Refused {
        byte[] buffer = new byte[BUFFER_BYTES];
        long total = 0;
        try (var out = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW)) {
            for (int n = in.readNBytes(buffer, 0, buffer.length); n > 0; n = in.readNBytes(buffer, 0, buffer.length)) {
                if (total == 0 && !zip(buffer, n)) {
                    throw new Refused(400, "This is no jar: it does not begin as a zip file does.");
                }
                total += n;
                if (total > MAX_BYTES) {
                    throw new Refused(413, "A jar may have " + (MAX_BYTES >> 20) + " MiB at most.");
                }
                out.write(buffer, 0, n);
            }
        }
        if (total == 0) {
            throw new Refused(400, "The file is empty, or none was chosen.");
        }
    }

    /** A local file header (APPNOTE.TXT 4.3.7). */
    private static boolean zip(byte[] bytes, int length) {
        return length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3 && bytes[3] == 4;
    }
}

package io.sluice.testkit.client;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Media that tests encode again and again, kept in a folder that test classes, modules and JDKs share: the system property {@code sluice.clips}. Without it each is made
 * anew. Processes may use a shelf at the same time.
 *
 * @param folder null for none
 */
record ClipShelf(Path folder) {
    /** Makes one file. */
    @FunctionalInterface
    interface Maker {
        void make(Path file) throws IOException;
    }

    static ClipShelf ofSystemProperties() {
        String folder = System.getProperty("sluice.clips", "");
        return new ClipShelf(folder.isEmpty() ? null : Path.of(folder));
    }

    /**
     * Puts media at the target, which is the test's own.
     *
     * @param words what decides the content
     * @return the target
     */
    Path get(Path target, String words, Maker maker) throws IOException {
        if (folder == null) {
            maker.make(target);
            return target;
        }
        String name = target.getFileName().toString();
        String suffix = name.substring(name.lastIndexOf('.'));
        Path kept = folder.resolve(UUID.nameUUIDFromBytes(words.getBytes(StandardCharsets.UTF_8)) + suffix);
        if (!Files.exists(kept)) {
            Path unfinished = Files.createDirectories(folder).resolve(UUID.randomUUID() + suffix);
            maker.make(unfinished);
            Files.move(unfinished, kept, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
        return Files.copy(kept, target, StandardCopyOption.REPLACE_EXISTING);
    }
}

package io.sluice.format.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * What tells one content of a file from the next: the file itself, not its name, so that the same stamp behind a link that was turned round means the same file.
 *
 * @param identity device and inode, or null where the file system has none
 */
public record FileStamp(Object identity, long modifiedMillis, long size) {
    /** File systems count time in steps of up to two seconds: a file that changed just now may change again with the same time and size. */
    private static final long SETTLED_MILLIS = 3000;

    /** Blocks for one system call. @param options NOFOLLOW_LINKS for a path that {@link Roots#resolve} gave */
    static FileStamp of(Path path, LinkOption... options) throws IOException {
        BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class, options);
        return new FileStamp(now.fileKey(), now.lastModifiedTime().toMillis(), now.size());
    }

    /** Whether a content that is read now can be kept under it. */
    public boolean settled() {
        return System.currentTimeMillis() - modifiedMillis > SETTLED_MILLIS;
    }
}

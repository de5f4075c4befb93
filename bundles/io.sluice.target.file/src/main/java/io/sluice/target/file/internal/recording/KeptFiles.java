package io.sluice.target.file.internal.recording;

import java.io.IOException;
import java.nio.file.Path;

/** Where a recording's files are written down, so that they can be deleted when their time is over. Blocks. */
public interface KeptFiles {
    /** A file is made; called before anything stands in it. */
    void file(Path file) throws IOException;

    /** A file of an earlier recording belongs to this one from here on. */
    void adopt(Path file) throws IOException;

    /** It was deleted. */
    void gone(Path file) throws IOException;

    /** Any recording of ours made it. */
    boolean isOurs(Path file);

    /** The recording is over. */
    void end() throws IOException;
}

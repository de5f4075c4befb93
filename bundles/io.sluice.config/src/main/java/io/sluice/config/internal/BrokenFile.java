package io.sluice.config.internal;

import java.io.IOException;

/** A configuration file that cannot be read; the message names line, column, what was wanted and what was found. */
final class BrokenFile extends IOException {
    private static final long serialVersionUID = 1;

    BrokenFile(int line, int column, String problem) {
        super("line " + line + ", column " + column + ": " + problem);
    }
}

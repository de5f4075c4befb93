package io.sluice.target.exec.internal;

import java.io.IOException;

/** The command reads no more; what its exit code is, who watches it will know. */
final class CommandEnded extends IOException {
    private static final long serialVersionUID = 1L;

    CommandEnded() {
        super("the command reads no more");
    }
}

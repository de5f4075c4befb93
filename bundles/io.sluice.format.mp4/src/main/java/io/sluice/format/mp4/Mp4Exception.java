package io.sluice.format.mp4;

import java.io.IOException;

/** The file is not an MP4 that can be read; the message says what was wanted and what was found. */
public final class Mp4Exception extends IOException {
    private static final long serialVersionUID = 1L;

    public Mp4Exception(String message) {
        super(message);
    }
}

package io.sluice.format.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** What a process writes into one pipe, read without waiting for it; the beginning is kept. One thread. */
final class ProcessOutput {
    private static final int READ_BYTES = 65_536;
    /** A mebibyte a look: a process that writes without end must not keep its watcher from looking at the clock. */
    private static final int MAX_READS = 16;

    private final InputStream pipe;
    private final int maxBytes;
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private boolean more;

    /** @param maxBytes kept; the rest is dropped */
    ProcessOutput(InputStream pipe, int maxBytes) {
        this.pipe = pipe;
        this.maxBytes = maxBytes;
    }

    /** Takes what is there. @return whether there was anything */
    boolean drain() throws IOException {
        boolean any = false;
        for (int i = 0; i < MAX_READS && pipe.available() > 0; i++) {
            byte[] bytes = pipe.readNBytes(Math.min(pipe.available(), READ_BYTES));
            int room = Math.min(bytes.length, maxBytes - kept.size());
            kept.write(bytes, 0, room);
            more |= room < bytes.length;
            any = true;
        }
        return any;
    }

    /** Whether there was more than is kept. */
    boolean more() {
        return more;
    }

    /** UTF-8; a character that the limit cuts apart is left out, what is no UTF-8 becomes U+FFFD. */
    String text() {
        String text = kept.toString(StandardCharsets.UTF_8);
        return more && text.endsWith("\ufffd") ? text.substring(0, text.length() - 1) : text;
    }
}

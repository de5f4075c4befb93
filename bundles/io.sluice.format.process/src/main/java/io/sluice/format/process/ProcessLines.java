package io.sluice.format.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * The lines that a process prints into a pipe, read without waiting for it. What a carriage return begins anew, as a display of progress does, is no line before its end. One thread.
 */
final class ProcessLines {
    private static final int READ_BYTES = 65_536;
    /** A mebibyte a look: a process that prints without end must not keep its watcher from the rest. */
    private static final int MAX_READS = 16;
    private static final int LINE_BYTES = 500;
    /** Of a look; those before them are dropped. */
    private static final int MOST_LINES = 10;

    private final InputStream pipe;
    private final Consumer<String> told;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private final Queue<String> lines = new ArrayDeque<>();
    private boolean returned;

    ProcessLines(InputStream pipe, Consumer<String> told) {
        this.pipe = pipe;
        this.told = told;
    }

    /** Takes what is there. @return whether there was anything */
    boolean drain() throws IOException {
        boolean any = false;
        for (int i = 0; i < MAX_READS && pipe.available() > 0; i++) {
            byte[] bytes = new byte[Math.min(pipe.available(), READ_BYTES)];
            int read = pipe.read(bytes);
            for (int at = 0; at < read; at++) {
                take(bytes[at]);
            }
            any = true;
        }
        tell();
        return any;
    }

    private void take(byte b) {
        if (b == '\n') {
            end();
        } else if (b == '\r') {
            returned = true;
        } else {
            if (returned) {
                line.reset();
                returned = false;
            }
            if (line.size() < LINE_BYTES) {
                line.write(b);
            }
        }
    }

    private void end() {
        String text = line.toString(StandardCharsets.UTF_8).strip();
        line.reset();
        returned = false;
        if (!text.isEmpty()) {
            if (lines.size() == MOST_LINES) {
                lines.remove();
            }
            lines.add(text);
        }
    }

    /** Nothing more comes: what is left is a line, too. */
    void finish() {
        end();
        tell();
    }

    private void tell() {
        for (String next = lines.poll(); next != null; next = lines.poll()) {
            told.accept(next);
        }
    }
}

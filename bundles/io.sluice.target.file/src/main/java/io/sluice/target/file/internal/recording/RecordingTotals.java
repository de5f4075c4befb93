package io.sluice.target.file.internal.recording;

import io.sluice.api.media.Frame;
import java.nio.file.Path;

/** What RECORDING_END tells. */
final class RecordingTotals {
    private final String format;
    private Path last;
    private long bytes;
    private long startedMillis;
    private long firstNanos = Long.MAX_VALUE;
    private long lastNanos = Long.MIN_VALUE;

    RecordingTotals(String format) {
        this.format = format;
    }

    /** A file was begun. */
    boolean any() {
        return last != null;
    }

    void begin(Path file, Frame first) {
        if (last == null) {
            startedMillis = System.currentTimeMillis();
        }
        last = file;
        note(first);
    }

    void note(Frame frame) {
        firstNanos = Math.min(firstNanos, frame.dtsNanos());
        lastNanos = Math.max(lastNanos, frame.dtsNanos());
    }

    void wrote(int more) {
        bytes += more;
    }

    long lastNanos() {
        return lastNanos;
    }

    /** @param playlist or null */
    io.sluice.api.push.Recording recording(Path playlist) {
        return new io.sluice.api.push.Recording((playlist == null ? last : playlist).toString(), format, bytes, startedMillis, System.currentTimeMillis(), firstNanos / 1_000_000,
            lastNanos / 1_000_000);
    }
}

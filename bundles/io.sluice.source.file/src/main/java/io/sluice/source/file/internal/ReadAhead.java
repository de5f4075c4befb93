package io.sluice.source.file.internal;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Reads a file's frames in order, round after round. Blocks, so it is used on the workers; one of them at a time. */
final class ReadAhead implements Closeable {
    /** A batch ends with the first of the two. */
    private static final long BATCH_NANOS = 1_000_000_000L;
    private static final int BATCH_BYTES = 4 << 20;

    private final MediaFile file;
    private final LoopTimeline timeline;
    private final boolean loop;
    private Iterator<MediaSample> samples;
    private long round;

    ReadAhead(MediaFile file, boolean loop) {
        this.file = file;
        this.loop = loop;
        this.timeline = LoopTimeline.of(file);
        this.samples = file.samples();
    }

    MediaFile file() {
        return file;
    }

    /** The next second of media, or less where it has many bytes; empty when the media has ended. The caller owns the frames. */
    List<LoadedFrame> next() throws IOException {
        List<LoadedFrame> batch = new ArrayList<>();
        try {
            read(batch);
            return batch;
        } catch (IOException | RuntimeException e) {
            batch.forEach(f -> f.payload().release());
            throw e;
        }
    }

    private void read(List<LoadedFrame> batch) throws IOException {
        int bytes = 0;
        long first = Long.MAX_VALUE;
        while (bytes < BATCH_BYTES && hasNext()) {
            LoadedFrame frame = load(samples.next());
            batch.add(frame);
            bytes += frame.payload().readableBytes();
            first = Math.min(first, frame.dtsNanos());
            if (frame.dtsNanos() - first >= BATCH_NANOS) {
                return;
            }
        }
    }

    private boolean hasNext() {
        if (!samples.hasNext() && loop) {
            round++;
            samples = file.samples();
        }
        return samples.hasNext();
    }

    private LoadedFrame load(MediaSample s) throws IOException {
        long start = timeline.startNanos(round);
        return new LoadedFrame(s.track().id(), start + s.ptsNanos(), start + s.dtsNanos(), s.key(), file.read(s));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}

package io.sluice.source.file.internal;

import io.sluice.api.source.SourceRequest;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays one file into one stream in real time. Files are touched on the workers, one task at a time; all fields below the line are the loop's alone. Frames
 * come a second before they are due, so that whoever starts to watch at the beginning has a second in hand.
 */
final class Playback implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Playback.class);
    private static final long LEAD_NANOS = 1_000_000_000L;
    /** More is read as long as less than this is in hand: a slow disk may take so long for one batch. */
    private static final long AHEAD_NANOS = 2_000_000_000L;
    /** 2 s of 100 Mbit/s are 25 MB. */
    private static final long AHEAD_BYTES = 32L << 20;
    /** After a longer pause of the whole process the clock is set anew instead of pouring out what was missed. */
    private static final long MAX_BEHIND_NANOS = 3_000_000_000L;
    /** Wakes are merged: a frame may come this much late, and has a second in hand. */
    private static final long MIN_WAIT_NANOS = 10_000_000L;
    /** One turn of the loop; then others have theirs. */
    private static final int FRAMES_PER_TURN = 200;

    /** Opens the file; blocks. */
    @FunctionalInterface
    interface Opener {
        SeekableByteChannel open() throws IOException;
    }

    private final SourceRequest request;
    private final SourceUri uri;
    private final Opener opener;
    private final LongSupplier clock;
    private volatile boolean closed;
    // the loop's
    private final ArrayDeque<LoadedFrame> frames = new ArrayDeque<>();
    private ReadAhead reading;
    private boolean busy;
    private boolean complete;
    private boolean started;
    private long bytes;
    private long lastDts;
    private long zeroNanos;
    private ScheduledFuture<?> wake;

    Playback(SourceRequest request, SourceUri uri, Opener opener, LongSupplier clock) {
        this.request = request;
        this.uri = uri;
        this.opener = opener;
        this.clock = clock;
    }

    void start() {
        work(this::open);
    }

    /** On a worker. */
    private void open() {
        try {
            ReadAhead opened = new ReadAhead(MediaFile.open(opener.open()), uri.loop());
            onLoop(() -> opened(opened), opened);
        } catch (IOException | RuntimeException e) {
            onLoop(() -> end(problem(e)), null);
        }
    }

    private void opened(ReadAhead opened) {
        busy = false;
        reading = opened;
        if (closed) {
            free();
            return;
        }
        List<MediaTrack> tracks = opened.file().tracks();
        LOG.info("stream {}: playing {}: {}", request.publisher().stream(), uri, tracks.stream().map(MediaTrack::track).toList());
        request.publisher().tracks(tracks.stream().map(MediaTrack::track).toList());
        turn();
    }

    /** Writes what is due, reads more where there is need, and comes back for the rest. */
    private void turn() {
        if (closed) {
            return;
        }
        long wait = write();
        readMore();
        if (!frames.isEmpty()) {
            wake = request.loop().schedule(this::turn, wait, TimeUnit.NANOSECONDS);
        } else if (complete) {
            end("");
        }
    }

    /** @return nanoseconds until the next frame is due */
    private long write() {
        long now = clock.getAsLong();
        for (int i = 0; i < FRAMES_PER_TURN && !frames.isEmpty(); i++) {
            long wait = due(frames.peek(), now) - now;
            if (wait > 0) {
                return Math.max(wait, MIN_WAIT_NANOS);
            }
            write(frames.poll());
        }
        return 0;
    }

    private void write(LoadedFrame frame) {
        bytes -= frame.payload().readableBytes();
        try {
            request.publisher().write(frame.trackId(), frame.ptsNanos(), frame.dtsNanos(), frame.key(), frame.payload());
        } catch (RuntimeException e) {
            LOG.warn("stream {}: a frame of {} could not be written", request.publisher().stream(), uri, e);
            end(uri + " was stopped: the stream did not take a frame");
        } finally {
            frame.payload().release();
        }
    }

    private long due(LoadedFrame frame, long now) {
        if (!started) {
            started = true;
            zeroNanos = now - frame.dtsNanos();
        }
        long due = zeroNanos + frame.dtsNanos() - LEAD_NANOS;
        if (now - due > MAX_BEHIND_NANOS) {
            LOG.info("stream {}: {} was held up for {} ms and goes on from there", request.publisher().stream(), uri, (now - due) / 1_000_000);
            zeroNanos += now - due;
            return now;
        }
        return due;
    }

    private void readMore() {
        boolean enough = !frames.isEmpty() && (lastDts - frames.peek().dtsNanos() >= AHEAD_NANOS || bytes >= AHEAD_BYTES);
        if (!closed && !busy && !complete && !enough) {
            work(this::read);
        }
    }

    private void work(Runnable task) {
        busy = true;
        try {
            request.workers().execute(task);
        } catch (RejectedExecutionException e) {
            end(uri + " cannot be read: the workers take no more tasks");
        }
    }

    /** On a worker. */
    private void read() {
        try {
            List<LoadedFrame> batch = reading.next();
            if (!onLoop(() -> loaded(batch), reading)) {
                batch.forEach(f -> f.payload().release());
            }
        } catch (IOException | RuntimeException e) {
            onLoop(() -> end(problem(e)), reading);
        }
    }

    private void loaded(List<LoadedFrame> batch) {
        busy = false;
        boolean idle = frames.isEmpty();
        frames.addAll(batch);
        complete = batch.isEmpty();
        for (LoadedFrame frame : batch) {
            bytes += frame.payload().readableBytes();
            lastDts = frame.dtsNanos();
        }
        if (closed) {
            free();
        } else if (idle) {
            turn();
        }
    }

    private String problem(Exception e) {
        String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return uri + " cannot be read: " + why;
    }

    private void end(String reason) {
        busy = false;
        boolean tell = !closed;
        closed = true;
        free();
        if (tell) {
            LOG.info("stream {}: {} has ended{}", request.publisher().stream(), uri, reason.isEmpty() ? "" : ": " + reason);
            request.ended().accept(reason);
        }
    }

    /** Stops within the turn that the loop is in; when a worker reads at this moment, the file is closed after that. */
    @Override
    public void close() {
        closed = true;
        onLoop(this::free, null);
    }

    private void free() {
        if (wake != null) {
            wake.cancel(false);
        }
        frames.forEach(f -> f.payload().release());
        frames.clear();
        if (!busy && reading != null) {
            ReadAhead done = reading;
            reading = null;
            try {
                request.workers().execute(() -> closeQuietly(done));
            } catch (RejectedExecutionException e) {
                closeQuietly(done);
            }
        }
    }

    /** @param orClose closed here when the loop has gone, because nobody else will */
    private boolean onLoop(Runnable task, ReadAhead orClose) {
        try {
            request.loop().execute(task);
            return true;
        } catch (RejectedExecutionException gone) {
            if (orClose != null) {
                closeQuietly(orClose);
            }
            return false;
        }
    }

    private static void closeQuietly(ReadAhead done) {
        try {
            done.close();
        } catch (IOException e) {
            LOG.debug("closing a file that was only read: {}", e.getMessage());
        }
    }
}

package io.sluice.target.file.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.push.PushRequest;
import io.sluice.api.stream.ReadFrom;
import io.sluice.target.file.internal.recording.Recording;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * The loop's side of one recording: takes frames by reference, some times a second, and hands them to a thread that may block. One task at a time writes; while it does, frames wait
 * here up to a limit of bytes, and beyond it in the stream's own window. All fields below the line are the loop's alone.
 */
final class FilePush implements AutoCloseable {
    /** A file needs no frame at once: few large writes are what makes a recording cheap. */
    private static final long BATCH_MILLIS = 250;
    /** One turn of the loop; then others have theirs. */
    private static final int FRAMES_PER_TURN = 500;
    private static final long STALLED_NANOS = 2_000_000_000L;

    private final PushRequest request;
    private final Recording recording;
    private final long maxBytes;
    private final long syncMillis;
    // the loop's
    private List<Frame> waiting = new ArrayList<>();
    private long bytes;
    private boolean scheduled;
    private boolean working;
    private long workingSince;
    private boolean stalled;
    private boolean full;
    private boolean syncing;
    private boolean finishing;
    private boolean closing;
    private boolean over;

    /** @param maxBytes of frames in hand. @param syncMillis when what was written last is made safe though nothing follows it */
    FilePush(PushRequest request, Recording recording, long maxBytes, long syncMillis) {
        this.request = request;
        this.recording = recording;
        this.maxBytes = maxBytes;
        this.syncMillis = syncMillis;
    }

    void start() {
        request.loop().execute(() -> {
            request.reader().onEnd(reason -> {
                request.progress().note(reason);
                closing();
            });
            request.reader().frames(ReadFrom.LIVE, this::readable);
            work(); // with nothing yet: looks whether the place can be written to
            pull();
        });
    }

    private void readable() {
        if (!scheduled && !over) {
            scheduled = true;
            request.loop().schedule(() -> {
                scheduled = false;
                pull();
            }, BATCH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    /** Takes what is there, as long as there is room for it. */
    private void pull() {
        if (closing || over) {
            return;
        }
        boolean empty = take();
        if (!working && !waiting.isEmpty()) {
            work();
        }
        if (empty && (finishing || request.reader().ended())) {
            closing();
        } else if (!empty && !full) {
            request.loop().execute(this::pull);
        }
    }

    /** @return true where nothing is left to take now */
    private boolean take() {
        for (int i = 0; i < FRAMES_PER_TURN; i++) {
            if (bytes >= maxBytes) {
                full = true;
                sayIfStalled();
                return false;
            }
            Frame frame = request.reader().nextFrame();
            if (frame == null) {
                return true;
            }
            waiting.add(frame);
            bytes += frame.payload().readableBytes();
        }
        return false;
    }

    /** A queue that is full for a moment is a recording that begins far back; a write that takes seconds is a disk in trouble. */
    private void sayIfStalled() {
        long nanos = System.nanoTime() - workingSince;
        if (working && nanos > STALLED_NANOS && !stalled) {
            stalled = true;
            request.progress().note("the disk has taken nothing for " + nanos / 1_000_000_000 + " s: " + bytes + " bytes wait, the rest stays in the stream's window");
        }
    }

    private void work() {
        List<Frame> batch = waiting;
        waiting = new ArrayList<>(batch.size());
        long size = batch.stream().mapToLong(f -> f.payload().readableBytes()).sum();
        working = true;
        stalled = false;
        workingSince = System.nanoTime();
        if (!blocking(() -> write(batch, size))) {
            batch.forEach(f -> f.payload().release());
        }
    }

    /** On a thread that may block. */
    private void write(List<Frame> batch, long size) {
        String problem = "";
        try {
            recording.write(batch);
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            problem = words(e);
        } finally {
            batch.forEach(f -> f.payload().release());
        }
        String said = problem;
        boolean unsynced = recording.unsynced();
        request.loop().execute(() -> written(size, said, unsynced));
    }

    private void written(long size, String problem, boolean unsynced) {
        working = false;
        bytes -= size;
        if (!problem.isEmpty()) {
            end(() -> {
                recording.abort();
                return problem;
            });
        } else if (!waiting.isEmpty()) {
            work();
        } else if (closing) {
            end(this::finish);
        } else if (full) {
            full = false;
            pull();
        } else if (unsynced && !syncing) {
            syncing = true;
            request.loop().schedule(this::sync, syncMillis, TimeUnit.MILLISECONDS);
        }
    }

    /** Nothing more may come for a while: what was written last is made safe. */
    private void sync() {
        syncing = false;
        if (!working && !over) {
            work();
        }
    }

    /** All that had come is written; the reader ends there. */
    @Override
    public void close() {
        request.loop().execute(() -> {
            finishing = true;
            pull();
        });
    }

    /** What is in hand is written, then the file is finished. */
    private void closing() {
        closing = true;
        if (!working && !over) {
            work();
        }
    }

    private String finish() {
        try {
            recording.finish();
            return "";
        } catch (IOException | RuntimeException | LinkageError | OutOfMemoryError e) {
            recording.abort();
            return words(e);
        }
    }

    private interface Last {
        /** @return the problem or "" */
        String run();
    }

    private void end(Last last) {
        over = true;
        waiting.forEach(f -> f.payload().release());
        waiting.clear();
        blocking(() -> request.progress().ended(last.run()));
    }

    private boolean blocking(Runnable task) {
        try {
            request.blocking().execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            over = true;
            request.progress().ended("the threads for recordings take no more tasks");
            return false;
        }
    }

    private static String words(Throwable e) {
        return e instanceof IOException || e instanceof IllegalArgumentException ? String.valueOf(e.getMessage()) : e.toString();
    }
}

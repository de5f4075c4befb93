package io.sluice.config.internal;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls its task when something happens in a folder, and once a second anyway: not every file system tells. Where a look takes long, because there are thousands of files, those
 * looks come less often. One thread, from creation to {@link #close}, on which the task runs.
 */
final class ConfWatcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfWatcher.class);
    private static final long POLL_MILLIS = 1_000;
    /** Looks that nobody asked for take a hundredth of the time, but there is one each ten seconds. */
    private static final long SHARE = 100;
    private static final long LONGEST_MILLIS = 10_000;
    /** An editor's several steps take less; a person does not notice it. */
    private static final long SETTLE_MILLIS = 100;

    /** @return true to be called again after {@link #SETTLE_MILLIS} */
    @FunctionalInterface
    interface Task {
        boolean look() throws IOException;
    }

    private final WatchService watch;
    private final Task task;
    private final Thread thread;
    private volatile boolean closed;

    ConfWatcher(Path folder, Task task) throws IOException {
        this.task = task;
        this.watch = folder.getFileSystem().newWatchService();
        folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
        this.thread = new Thread(this::run, "sluice-conf-watcher");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        boolean again = false;
        String complaint = "";
        long pollMillis = POLL_MILLIS;
        while (!closed) {
            try {
                waitForEvent(again ? SETTLE_MILLIS : pollMillis);
                long began = System.nanoTime();
                again = task.look();
                pollMillis = Math.max(POLL_MILLIS, Math.min(LONGEST_MILLIS, SHARE * (System.nanoTime() - began) / 1_000_000));
                complaint = "";
            } catch (InterruptedException | ClosedWatchServiceException e) {
                return;
            } catch (IOException | RuntimeException e) {
                again = false;
                // the same trouble every second is said once
                if (!closed && !e.toString().equals(complaint)) {
                    complaint = e.toString();
                    LOG.error("Edits in conf/ cannot be taken over: {}", complaint);
                }
            }
        }
    }

    private void waitForEvent(long atMostMillis) throws InterruptedException {
        WatchKey key = watch.poll(atMostMillis, TimeUnit.MILLISECONDS);
        if (key != null) {
            TimeUnit.MILLISECONDS.sleep(SETTLE_MILLIS);
            key.pollEvents();
            key.reset();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            watch.close();
        } catch (IOException e) {
            LOG.debug("closing the watch on conf/", e);
        }
    }
}

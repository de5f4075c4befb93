package io.sluice.deploy.internal;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for a look at a folder when something happens in it, and every so often in any case: not every file system tells. One own thread. */
final class FolderWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
    /** After an event, and while a file settles. */
    private static final long SOON_MILLIS = 220;
    private final long pollMillis;
    private final Runnable look;
    private final BooleanSupplier unsettled;
    private final WatchService events;
    private final Thread thread;

    FolderWatch(Path folder, long pollMillis, BooleanSupplier unsettled, Runnable look) throws IOException {
        this.pollMillis = pollMillis;
        this.look = look;
        this.unsettled = unsettled;
        events = folder.getFileSystem().newWatchService();
        try {
            folder.register(events, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
        } catch (IOException e) {
            LOG.info("{} gives no events ({}): it is looked at every {} ms", folder, e.toString(), pollMillis);
        }
        thread = new Thread(this::run, "sluice-deploy-watch");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (true) {
                WatchKey key = events.poll(unsettled.getAsBoolean() ? Math.min(SOON_MILLIS, pollMillis) : pollMillis, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                look.run();
            }
        } catch (InterruptedException | ClosedWatchServiceException e) {
            LOG.debug("no longer watching");
        }
    }

    @Override
    public void close() throws IOException {
        events.close();
        thread.interrupt();
    }
}

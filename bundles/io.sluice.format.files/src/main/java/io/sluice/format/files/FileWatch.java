package io.sluice.format.files;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells of changes of files by inotify(7): folders are watched, each once, and a file is what has its name there. One thread, from the first watch to {@link #close}. Where the
 * system has no watches left, nothing is watched, and its user has to look now and then. Any thread.
 */
public final class FileWatch implements AutoCloseable {
    /** A user's default is 8,192 and more; others want some. */
    private static final int MAX_FOLDERS = 1000;

    private record Watched(Path file, Runnable changed) {
    }

    private final Map<WatchKey, List<Watched>> folders = new HashMap<>();
    private final String name;
    private WatchService service;
    private boolean closed;

    /** @param name of its thread */
    public FileWatch(String name) {
        this.name = name;
    }

    /** @param changed called on the watch's thread; must not block @return null when it cannot be watched */
    public synchronized AutoCloseable watch(Path file, Runnable changed) {
        Watched watched = new Watched(file.getFileName(), changed);
        try {
            WatchKey key = file.getParent().register(open(), StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY, StandardWatchEventKinds.ENTRY_DELETE);
            if (!folders.containsKey(key) && folders.size() >= MAX_FOLDERS) {
                key.cancel();
                return null;
            }
            folders.computeIfAbsent(key, k -> new ArrayList<>()).add(watched);
            return () -> forget(key, watched);
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private WatchService open() throws IOException {
        if (closed) {
            throw new IOException("closed");
        }
        if (service == null) {
            service = FileSystems.getDefault().newWatchService();
            Thread thread = new Thread(this::run, name);
            thread.setDaemon(true);
            thread.start();
        }
        return service;
    }

    private synchronized void forget(WatchKey key, Watched watched) {
        List<Watched> there = folders.get(key);
        if (there != null && there.removeIf(w -> w == watched) && there.isEmpty()) {
            key.cancel();
            folders.remove(key);
        }
    }

    private void run() {
        WatchService mine;
        synchronized (this) {
            mine = service;
        }
        try {
            while (mine != null) {
                WatchKey key = mine.take();
                List<WatchEvent<?>> events = key.pollEvents();
                changed(key, events).forEach(Runnable::run);
            }
        } catch (ClosedWatchServiceException e) {
            // the end
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized List<Runnable> changed(WatchKey key, List<WatchEvent<?>> events) {
        List<Watched> there = List.copyOf(folders.getOrDefault(key, List.of()));
        boolean valid = key.reset();
        if (!valid) {
            folders.remove(key); // the folder is gone; its user finds the next one of its name
        }
        boolean all = !valid || events.stream().anyMatch(e -> e.kind() == StandardWatchEventKinds.OVERFLOW);
        return there.stream().filter(w -> all || events.stream().anyMatch(e -> w.file.equals(e.context()))).map(Watched::changed).toList();
    }

    @Override
    public synchronized void close() {
        closed = true;
        folders.clear();
        try {
            if (service != null) {
                service.close();
            }
        } catch (IOException e) {
            // nothing is left to be done
        }
    }
}

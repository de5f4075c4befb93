package io.sluice.session.jwt.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JWK set behind a URL. Fetched on a worker when the first token comes, again when it is older than the refresh time, and when a token names a key that is not in it, but
 * never more often than the pause. Whoever asks waits a moment at most, and few wait at once, or nobody would be left to check other tokens; meanwhile and while the URL does not
 * answer, the keys from before count, for a bounded time.
 */
final class KeyUrl implements Keys {
    /** A session waits for its strategy for a second. An answer later than that would not count. */
    private static final Duration WAIT = Duration.ofMillis(400);
    /** The engine asks on four threads. */
    static final int MAX_WAITING = 2;
    /** A stranger who invents key ids makes us ask no more often than this. */
    static final Duration PAUSE = Duration.ofSeconds(10);
    /** A provider that cannot be reached for so long may have withdrawn keys that we do not know of. */
    static final Duration KEPT = Duration.ofHours(24);
    private static final Logger LOG = LoggerFactory.getLogger(KeyUrl.class);

    /** Gets the bytes; blocks, with a time-out. */
    interface Fetch {
        byte[] get() throws IOException;
    }

    private record Loaded(KeySet keys, long atNanos) {
    }

    private final String name;
    private final Fetch fetch;
    private final Duration refresh;
    private final Duration wait;
    private final Executor workers;
    private final LongSupplier nanoTime;
    private final Semaphore waiting = new Semaphore(MAX_WAITING);
    private volatile Loaded loaded;
    private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
    private long askedNanos;
    private String problem = "";

    /** @param name of the source for the log, without its query */
    KeyUrl(String name, Fetch fetch, Duration refresh, Executor workers, LongSupplier nanoTime) {
        this(name, fetch, refresh, WAIT, workers, nanoTime);
    }

    /** @param wait for keys that are being fetched */
    KeyUrl(String name, Fetch fetch, Duration refresh, Duration wait, Executor workers, LongSupplier nanoTime) {
        this.name = name;
        this.fetch = fetch;
        this.refresh = refresh;
        this.wait = wait;
        this.workers = workers;
        this.nanoTime = nanoTime;
        askedNanos = nanoTime.getAsLong() - PAUSE.toNanos();
    }

    @Override
    public KeySet keys(String id) throws IOException {
        Loaded now = loaded;
        if (now == null || !id.isEmpty() && !now.keys().names(id)) {
            await(ask());
        } else if (age(now) > refresh.toNanos()) {
            ask();
        }
        now = loaded;
        if (now == null || age(now) > KEPT.toNanos()) {
            throw new IOException("the keys to check tokens with cannot be reached now");
        }
        return now.keys();
    }

    private long age(Loaded of) {
        return nanoTime.getAsLong() - of.atNanos();
    }

    /** Begins to fetch, unless somebody does or did a moment ago. */
    private synchronized CompletableFuture<Void> ask() {
        long now = nanoTime.getAsLong();
        if (running.isDone() && now - askedNanos >= PAUSE.toNanos()) {
            askedNanos = now;
            CompletableFuture<Void> mine = new CompletableFuture<>();
            running = mine;
            try {
                workers.execute(() -> {
                    try {
                        load();
                    } finally {
                        mine.complete(null);
                    }
                });
            } catch (RejectedExecutionException e) {
                mine.complete(null);
            }
        }
        return running;
    }

    private void load() {
        try {
            KeySet keys = KeySet.parse(fetch.get(), false);
            loaded = new Loaded(keys, nanoTime.getAsLong());
            said("");
        } catch (IOException | RuntimeException e) {
            said(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void said(String now) {
        if (now.equals(problem)) {
            return;
        }
        problem = now;
        if (now.isEmpty()) {
            LOG.info("{}: {} keys for tokens", name, loaded.keys().keys().size());
        } else {
            LOG.warn("{}: no keys can be read from it: {}{}", name, now, loaded == null ? "; no token is taken" : "; those from before stay in use");
        }
    }

    private void await(CompletableFuture<Void> done) {
        if (done.isDone() || !waiting.tryAcquire()) {
            return;
        }
        try {
            done.get(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // the keys from before count
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            waiting.release();
        }
    }
}

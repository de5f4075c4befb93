package io.sluice.sessions.history.internal;

import io.sluice.api.session.Session;
import io.sluice.api.session.SessionHistory.Query;
import io.sluice.testkit.Await;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** A history at work on a real database. */
final class Running implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final Backlog backlog;
    final Writer writer;
    final History history;
    private final Thread thread;

    Running(Database database, int maxWaiting, Duration kept) {
        backlog = new Backlog(maxWaiting);
        writer = new Writer(backlog, database, new Retention(kept, InstantSource.fixed(Instant.ofEpochMilli(Ended.NOON + 86_400_000))));
        history = new History(database, backlog, writer);
        thread = new Thread(writer, "history of a test");
        thread.start();
    }

    Running(Database database) {
        this(database, 10_000, Duration.ZERO);
    }

    void put(List<Session> sessions) {
        sessions.forEach(backlog::put);
    }

    void awaitWritten(long count) {
        Await.until(() -> count + " sessions written: " + history.status(), PATIENCE, () -> history.status().written() == count);
    }

    List<String> ids(Query query) throws IOException {
        return history.query(query).sessions().stream().map(Session::id).toList();
    }

    static Query all() {
        return new Query(0, 0, "", "", "", 1000, "");
    }

    @Override
    public void close() throws InterruptedException {
        backlog.close();
        thread.join(PATIENCE.toMillis());
        if (thread.isAlive()) {
            throw new AssertionError("the writer did not end");
        }
    }
}

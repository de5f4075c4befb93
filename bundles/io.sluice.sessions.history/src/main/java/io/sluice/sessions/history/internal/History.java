package io.sluice.sessions.history.internal;

import io.sluice.api.session.SessionHistory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The service. Each question has a connection of its own, so that it never waits for the writing, and few are asked at once. */
final class History implements SessionHistory {
    private static final int MAX_QUESTIONS = 4;
    private static final int TURN_SECONDS = 5;

    private final Database database;
    private final Backlog backlog;
    private final Writer writer;
    private final Semaphore turns = new Semaphore(MAX_QUESTIONS);

    History(Database database, Backlog backlog, Writer writer) {
        this.database = database;
        this.backlog = backlog;
        this.writer = writer;
    }

    @Override
    public Page query(Query query) throws IOException {
        if (!query.after().isEmpty()) {
            Cursor.parse(query.after());
        }
        if (!turn()) {
            throw new IOException("the session history is busy with other questions");
        }
        try (Connection connection = database.open()) {
            Page page = SessionSelect.page(connection, query);
            connection.rollback();
            return page;
        } catch (SQLException e) {
            throw new IOException("the session history does not answer: " + Database.problem(e), e);
        } finally {
            turns.release();
        }
    }

    private boolean turn() {
        try {
            return turns.tryAcquire(TURN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public Status status() {
        return new Status(database.name(), writer.problem(), writer.written(), writer.waiting(), backlog.dropped());
    }
}

package io.sluice.sessions.history.internal;

import io.sluice.api.session.Session;
import io.sluice.api.session.Sessions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries ended sessions to the database, on a thread of its own, because a database may be slow for minutes. While it is away, sessions wait in the backlog and it is tried
 * again and again.
 */
final class Writer implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final int BATCH = 500;
    /** More of them in one transaction, at the price of being seen a moment later. */
    private static final long MORE_MILLIS = 200;
    private static final long IDLE_MILLIS = 2_000;
    private static final long LOOK_NANOS = 30_000_000_000L;
    private static final long CLEAN_NANOS = 3_600_000_000_000L;
    private static final int VALID_SECONDS = 5;
    private static final long[] PAUSES_MILLIS = {500, 1_000, 2_000, 5_000, 10_000};

    private final Backlog backlog;
    private final Database database;
    private final Retention retention;
    private final Queue<Sessions> missed = new ConcurrentLinkedQueue<>();
    private Connection connection;
    private List<Session> hand = List.of();
    private int failures;
    private boolean full;
    private long droppedBefore;
    private long lookedNanos;
    private long cleanedNanos;
    private volatile int inHand;
    private volatile long written;
    private volatile String problem = "not connected yet";

    Writer(Backlog backlog, Database database, Retention retention) {
        this.backlog = backlog;
        this.database = database;
        this.retention = retention;
    }

    /** An engine has come that may know of ended sessions which nobody told us of. From any thread. */
    void adopt(Sessions sessions) {
        missed.add(sessions);
    }

    String problem() {
        return problem;
    }

    long written() {
        return written;
    }

    long waiting() {
        return (long) backlog.size() + inHand;
    }

    @Override
    public void run() {
        try {
            while (!backlog.closed()) {
                step();
            }
            finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void step() throws InterruptedException {
        try {
            connect();
            catchUp();
            take(backlog.take(BATCH, IDLE_MILLIS, MORE_MILLIS));
            if (hand.isEmpty()) {
                look();
            } else {
                write();
            }
        } catch (SQLException | RuntimeException e) {
            failed(e);
            backlog.pause(PAUSES_MILLIS[Math.min(failures++, PAUSES_MILLIS.length - 1)]);
        }
    }

    private void connect() throws SQLException {
        if (connection != null) {
            return;
        }
        connection = database.open();
        Schema.current().prepare(connection);
        cleanedNanos = System.nanoTime();
        lookedNanos = cleanedNanos;
        retention.clean(connection);
        long waited = waiting();
        // what failed last is the proof that it is back
        if (!hand.isEmpty()) {
            write();
        }
        LOG.info("session history in {}{}", database.name(), failures == 0 ? "" : " is back: " + waited + " sessions waited, " + droppedSince() + " were dropped");
        failures = 0;
        full = false;
        problem = "";
    }

    private long droppedSince() {
        return backlog.dropped() - droppedBefore;
    }

    private void catchUp() throws SQLException {
        for (Sessions engine = missed.peek(); engine != null; engine = missed.peek()) {
            List<Session> ended = Unwritten.of(connection, engine);
            for (int from = 0; from < ended.size(); from += BATCH) {
                written += SessionInsert.write(connection, ended.subList(from, Math.min(from + BATCH, ended.size())));
            }
            missed.poll();
        }
    }

    private void take(List<Session> batch) {
        hand = batch;
        inHand = batch.size();
    }

    private void write() throws SQLException {
        written += SessionInsert.write(connection, hand);
        take(List.of());
    }

    /** Nothing to do: is the database still there, and is something too old? */
    private void look() throws SQLException {
        long now = System.nanoTime();
        if (now - lookedNanos > LOOK_NANOS) {
            lookedNanos = now;
            if (!connection.isValid(VALID_SECONDS)) {
                throw new SQLException("the connection was lost");
            }
            connection.rollback();
        }
        if (now - cleanedNanos > CLEAN_NANOS) {
            cleanedNanos = now;
            LOG.debug("{} old sessions deleted from the history", retention.clean(connection));
        }
    }

    private void failed(Exception e) {
        disconnect();
        String now = Database.problem(e);
        if (failures == 0) {
            droppedBefore = backlog.dropped();
            LOG.warn("session history in {} cannot be reached: {}; ended sessions wait for it", database.name(), now);
        } else if (!full && droppedSince() > 0) {
            full = true;
            LOG.warn("session history in {}: more than {} ended sessions wait; the oldest are dropped", database.name(), waiting());
        }
        problem = now;
    }

    /** What waits is written, once; a database that is away now keeps nobody from stopping. */
    private void finish() throws InterruptedException {
        try {
            if (failures == 0 && waiting() > 0) {
                connect();
            }
            while (connection != null && waiting() > 0) {
                if (hand.isEmpty()) {
                    take(backlog.take(BATCH, 0, 0));
                }
                write();
            }
        } catch (SQLException | RuntimeException e) {
            failed(e);
        }
        if (waiting() > 0) {
            LOG.warn("session history in {}: {} ended sessions could not be written", database.name(), waiting());
        }
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException | RuntimeException e) {
                LOG.debug("closing the connection to the session history", e);
            }
            connection = null;
        }
    }
}

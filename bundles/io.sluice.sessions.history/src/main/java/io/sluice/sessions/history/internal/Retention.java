package io.sluice.sessions.history.internal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/** Deletes what has ended long ago, in small transactions, so that nothing else waits for long. */
record Retention(Duration kept, InstantSource clock) {
    private static final int STEP = 2000;
    private static final String DELETE = "delete from sluice_session where session_key in (select session_key from sluice_session where ended_millis < ? order by ended_millis limit ?)";

    /** Commits each step. @return how many were deleted */
    int clean(Connection connection) throws SQLException {
        if (kept.isZero()) {
            return 0;
        }
        int all = 0;
        try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
            delete.setLong(1, clock.instant().minus(kept).toEpochMilli());
            delete.setInt(2, STEP);
            int step;
            do {
                step = delete.executeUpdate();
                connection.commit();
                all += step;
            } while (step == STEP);
        }
        return all;
    }
}

package io.sluice.sessions.history.internal;

import java.util.UUID;

/**
 * The last session of a page; the next page begins after it. It stays right while sessions are added and deleted.
 *
 * @param endedMillis of the session
 * @param key         of the session
 */
record Cursor(long endedMillis, UUID key) {
    static Cursor parse(String text) {
        int separator = text.indexOf('_');
        try {
            return new Cursor(Long.parseLong(text.substring(0, Math.max(0, separator))), UUID.fromString(text.substring(separator + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("this is not the end of a page", e);
        }
    }

    @Override
    public String toString() {
        return endedMillis + "_" + key;
    }
}

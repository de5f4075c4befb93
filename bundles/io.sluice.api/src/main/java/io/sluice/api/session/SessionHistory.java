package io.sluice.api.session;

import java.io.IOException;
import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** Sessions that have ended, from a database. All methods from any thread that may wait. */
@ProviderType
public interface SessionHistory {
    /**
     * What is looked for. "" and 0 stand for any.
     *
     * @param fromMillis sessions that were there at or after this time, Unix epoch
     * @param toMillis   sessions that were there before this time, Unix epoch
     * @param stream     one of their streams
     * @param protocol   one of their protocols
     * @param tag        one of their tags
     * @param limit      sessions on one page, 1 to {@value #MAX_LIMIT}
     * @param after      {@link Page#next} of the page before, or "" for the first
     */
    record Query(long fromMillis, long toMillis, String stream, String protocol, String tag, int limit, String after) {
        public static final int MAX_LIMIT = 1000;

        public Query {
            limit = Math.max(1, Math.min(MAX_LIMIT, limit));
        }

        /** The same from where a page ended. */
        public Query after(Page page) {
            return new Query(fromMillis, toMillis, stream, protocol, tag, limit, page.next());
        }
    }

    /**
     * @param sessions the latest end first. Of tokens only the beginning was kept; connections are none
     * @param next     for the next page, or "" when this is the last
     */
    record Page(List<Session> sessions, String next) {
        public Page {
            sessions = List.copyOf(sessions);
        }
    }

    /**
     * How the writing goes.
     *
     * @param database in words, without secrets
     * @param problem  why it cannot be reached now, or ""
     * @param written  sessions, since the start
     * @param waiting  to be written
     * @param dropped  since the start, because too many waited
     */
    record Status(String database, String problem, long written, long waiting, long dropped) {
    }

    /**
     * @throws IOException              when the database does not answer; the message may be shown
     * @throws IllegalArgumentException when {@link Query#after} was not made by a page
     */
    Page query(Query query) throws IOException;

    Status status();
}

package io.sluice.sessions.internal;

import io.sluice.api.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** Sessions that ended, for the configured time; the newest first. From any thread. */
public final class History {
    /** About 50 MB. */
    private static final int MOST = 50_000;
    private final Deque<Session> ended = new ArrayDeque<>();

    public synchronized void add(Session session) {
        if (ended.size() == MOST) {
            ended.removeLast();
        }
        ended.addFirst(session);
    }

    /** Those that were kept by the engine before. */
    public synchronized void restore(Collection<Session> newestFirst) {
        newestFirst.stream().limit(MOST).forEach(ended::addLast);
    }

    public synchronized void expire(long endedBeforeMillis) {
        while (!ended.isEmpty() && ended.peekLast().endedMillis() < endedBeforeMillis) {
            ended.removeLast();
        }
    }

    public synchronized List<Session> list() {
        return new ArrayList<>(ended);
    }

    /** The last of that id, or null. */
    public synchronized Session get(String id) {
        return ended.stream().filter(s -> s.id().equals(id)).findFirst().orElse(null);
    }
}

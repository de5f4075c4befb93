package io.sluice.sessions.history.internal;

import io.sluice.api.session.Session;
import io.sluice.api.session.Sessions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** An engine with ended sessions. */
final class Engine implements Sessions {
    final List<Session> sessions = new ArrayList<>();

    @Override
    public List<Session> list(Predicate<Session> which, int most) {
        return sessions.stream().filter(which).limit(most).toList();
    }

    @Override
    public Session get(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int stop(Predicate<Session> which, String reason) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void tag(String id, String tag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void untag(String id, String tag) {
        throw new UnsupportedOperationException();
    }

    @Override
    public int invalidate(Predicate<Session> which) {
        throw new UnsupportedOperationException();
    }

    @Override
    public AutoCloseable onEnded(Consumer<Session> listener) {
        throw new UnsupportedOperationException();
    }
}

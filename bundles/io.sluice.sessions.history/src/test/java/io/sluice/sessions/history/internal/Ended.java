package io.sluice.sessions.history.internal;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Sessions that have ended, for tests. */
record Ended(String id, long since, long ended, String stream, String protocol, Set<String> tags) {
    static final long NOON = 1_772_366_400_000L;

    static Ended number(int n) {
        return new Ended("s" + n, NOON + n * 1000L, NOON + n * 1000L + 500, "live", "hls", Set.of());
    }

    static List<Session> numbers(int from, int to) {
        List<Session> all = new ArrayList<>();
        for (int n = from; n < to; n++) {
            all.add(number(n).session());
        }
        return all;
    }

    Ended on(String name) {
        return new Ended(id, since, ended, name, protocol, tags);
    }

    Ended by(String name) {
        return new Ended(id, since, ended, stream, name, tags);
    }

    Ended tagged(String... names) {
        return new Ended(id, since, ended, stream, protocol, Set.of(names));
    }

    Session session() {
        return session("token-" + id, "player/1");
    }

    Session session(String token, String userAgent) {
        return new Session(id, Session.State.ENDED, ConnectionKind.VIEWER, "fields", token, new HashMap<>(Map.of(stream, 3L)), Map.of(protocol, 3L), Map.of("127.0.0.1", 3L), userAgent,
            List.of(), since, ended, 3, 10, 2000, 30, 4, 5, 6000, new HashSet<>(tags), "gone");
    }
}

package io.sluice.sessions.internal.key;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.format.session.SessionToken;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the strategy said lately, so that the next connection of a known visitor needs no question. Believed for a short time, since a token may expire. From any thread.
 */
public final class Recognised {
    /** How long a strategy's answer is believed. */
    private static final long BELIEVED_MILLIS = 30_000;
    /** About 20 MB of the smallest; a burst of more asks the strategy. */
    private static final int MOST = 131_072;

    private record Answer(Keyed keyed, int generation, long untilMillis) {
    }

    private final Map<Visitor, Answer> answers = new ConcurrentHashMap<>();

    /** Null when the strategy of this generation must be asked. */
    public Keyed get(ConnectionFacts facts, int generation, long nowMillis) {
        if (!SessionToken.overHttp(facts)) {
            return null;
        }
        Answer answer = answers.get(new Visitor(facts));
        return answer == null || answer.generation != generation || answer.untilMillis <= nowMillis ? null : answer.keyed;
    }

    public void put(ConnectionFacts facts, Keyed keyed, int generation, long nowMillis) {
        if (SessionToken.overHttp(facts) && answers.size() < MOST && carries(facts, keyed)) {
            answers.put(new Visitor(facts), new Answer(keyed, generation, nowMillis + BELIEVED_MILLIS));
        }
    }

    /** Whether these facts alone make this session: one who got a new token just now is not alike to another who comes without one. */
    private static boolean carries(ConnectionFacts facts, Keyed keyed) {
        if (keyed.parameters().isEmpty() && keyed.cookies().isEmpty()) {
            return true;
        }
        return !keyed.token().isEmpty() && (facts.parameters().containsValue(keyed.token()) || facts.headers().values().stream().anyMatch(h -> h.contains(keyed.token())));
    }

    public void expire(long nowMillis) {
        answers.values().removeIf(a -> a.untilMillis <= nowMillis);
    }

    public void forget(String session) {
        answers.values().removeIf(a -> a.keyed.id().equals(session));
    }

    public void clear() {
        answers.clear();
    }
}

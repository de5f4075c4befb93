package io.sluice.format.session;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Identity;
import io.sluice.api.session.SessionStrategy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A session by plain fields: the token is the URL's, and nothing is written back. Also what stands in for a strategy that fails. */
public final class PlainStrategy implements SessionStrategy {
    /** Kinds of connections have one list each, and a change brings new ones. */
    private static final int LISTS = 16;
    private final Map<List<String>, SessionFields> parsed = new ConcurrentHashMap<>();
    private final Consumer<List<String>> unknown;

    /** @param unknown told of the names in a list that are none, once for each list */
    public PlainStrategy(Consumer<List<String>> unknown) {
        this.unknown = unknown;
    }

    @Override
    public Identity identify(ConnectionFacts facts, List<String> fields) {
        String offered = SessionToken.ofUrl(facts);
        String token = offered.isEmpty() ? SessionToken.substitute(facts) : offered;
        return Identity.of(parsed(fields).key(facts, token), token);
    }

    private SessionFields parsed(List<String> names) {
        SessionFields known = parsed.get(names);
        if (known != null) {
            return known;
        }
        if (parsed.size() >= LISTS) {
            parsed.clear();
        }
        SessionFields fields = SessionFields.of(names);
        if (parsed.putIfAbsent(names, fields) == null && !fields.unknown().isEmpty()) {
            unknown.accept(fields.unknown());
        }
        return fields;
    }
}

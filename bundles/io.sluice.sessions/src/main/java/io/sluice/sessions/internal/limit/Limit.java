package io.sluice.sessions.internal.limit;

import io.sluice.api.session.ConnectionKind;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A configured limit.
 *
 * @param name     of the configuration, for the log
 * @param scope    what is counted together
 * @param pattern  streams or addresses that it holds for, {@code *} for any characters
 * @param sessions at most, 0 for no limit
 * @param kbps     at most, both directions, 0 for no limit
 * @param hard     denies, and does not only say so
 * @param kinds    of sessions that count
 */
public record Limit(String name, Scope scope, String pattern, int sessions, long kbps, boolean hard, Set<ConnectionKind> kinds) {
    /** What the limit holds for. */
    Predicate<String> matcher() {
        if (pattern.isBlank() || pattern.equals("*")) {
            return subject -> true;
        }
        String[] parts = pattern.split("\\*", -1);
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < parts.length; i++) {
            regex.append(i == 0 ? "" : ".*").append(Pattern.quote(parts[i]));
        }
        return Pattern.compile(regex.toString()).asMatchPredicate();
    }

    @Override
    public String toString() {
        return name + " (" + (hard ? "hard" : "soft") + ")";
    }
}

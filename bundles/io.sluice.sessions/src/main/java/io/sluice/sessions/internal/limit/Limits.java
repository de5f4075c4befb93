package io.sluice.sessions.internal.limit;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.format.session.SessionFields;
import io.sluice.sessions.internal.live.LiveSession;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All limits. Entering is from any thread; collating has one. A change keeps the state of the limits that stay as they are. */
public final class Limits {
    private volatile List<Gauge> gauges = List.of();

    public synchronized void configured(Collection<Limit> limits) {
        Map<Limit, Gauge> before = gauges.stream().collect(Collectors.toMap(Gauge::limit, Function.identity()));
        gauges = limits.stream().distinct().map(l -> before.getOrDefault(l, new Gauge(l))).toList();
    }

    /** Takes a place for a new session. @return why it must not be, or null */
    public String enter(ConnectionKind kind, ConnectionFacts facts) {
        List<Gauge> entered = List.of();
        for (Gauge gauge : gauges) {
            if (gauge.limit().scope() == Scope.SESSION || !gauge.limit().kinds().contains(kind)) {
                continue;
            }
            String why = gauge.enter(subject(gauge, facts));
            if (why != null) {
                entered.forEach(g -> g.leave(subject(g, facts)));
                return why;
            }
            entered = entered.isEmpty() ? new ArrayList<>() : entered;
            entered.add(gauge);
        }
        return null;
    }

    private static String subject(Gauge gauge, ConnectionFacts facts) {
        return switch (gauge.limit().scope()) {
            case STREAM -> facts.stream();
            case ADDRESS -> SessionFields.address(facts.address());
            default -> "";
        };
    }

    /**
     * Counts what is used; by one thread.
     *
     * @param tooMuch told of each session that is over a hard limit of its own, and why
     */
    public void collate(Collection<LiveSession> live, BiConsumer<LiveSession, String> tooMuch) {
        for (Gauge gauge : gauges) {
            Limit limit = gauge.limit();
            List<LiveSession> counted = live.stream().filter(s -> limit.kinds().contains(s.keyed().kind())).toList();
            if (limit.scope() == Scope.SESSION) {
                if (limit.kbps() > 0) {
                    gauge.sessions(counted, s -> tooMuch.accept(s, "the limit of " + limit.kbps() + " kbit/s for a session is exceeded"));
                }
            } else {
                gauge.begin();
                counted.forEach(gauge::count);
                gauge.end();
            }
        }
    }
}

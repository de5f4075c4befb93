package io.sluice.sessions.internal.limit;

import io.sluice.sessions.internal.live.LiveSession;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One limit and what is used of it, by subject: a stream, an address, or "" for all. From any thread but where it says so. */
final class Gauge {
    private static final Logger LOG = LoggerFactory.getLogger(Gauge.class);
    private final Limit limit;
    private final Predicate<String> matcher;
    private final Map<String, Usage> usages = new ConcurrentHashMap<>();

    Gauge(Limit limit) {
        this.limit = limit;
        this.matcher = limit.matcher();
    }

    Limit limit() {
        return limit;
    }

    /** Takes a place for a new session. @return why not, or null */
    String enter(String subject) {
        if (!matcher.test(subject)) {
            return null;
        }
        Usage usage = usages.computeIfAbsent(subject, s -> new Usage());
        if (limit.hard() && limit.kbps() > 0 && usage.kbps() > limit.kbps()) {
            return "the limit of " + limit.kbps() + " kbit/s" + of(subject) + " is reached";
        }
        int most = limit.hard() && limit.sessions() > 0 ? limit.sessions() : Integer.MAX_VALUE;
        return usage.enter(most) ? null : "the limit of " + most + " sessions" + of(subject) + " is reached";
    }

    void leave(String subject) {
        Usage usage = usages.get(subject);
        if (usage != null && matcher.test(subject)) {
            usage.leave();
        }
    }

    private String of(String subject) {
        return switch (limit.scope()) {
            case STREAM -> " of stream " + subject;
            case ADDRESS -> " from " + subject;
            default -> "";
        };
    }

    // ---- the collating thread

    void begin() {
        usages.values().forEach(Usage::begin);
    }

    void count(LiveSession session) {
        float rate = session.kbps();
        subjects(session, subject -> {
            if (matcher.test(subject)) {
                usages.computeIfAbsent(subject, s -> new Usage()).count(rate);
            }
        });
    }

    private void subjects(LiveSession session, Consumer<String> consumer) {
        switch (limit.scope()) {
            case STREAM -> session.eachStream(consumer);
            case ADDRESS -> session.eachAddress(consumer);
            default -> consumer.accept("");
        }
    }

    void end() {
        usages.forEach((subject, usage) -> {
            usage.end();
            boolean over = limit.sessions() > 0 && usage.sessions() > limit.sessions() - (limit.hard() ? 1 : 0) || limit.kbps() > 0 && usage.kbps() > limit.kbps();
            if (usage.over(over)) {
                LOG.warn("limit {}: {}{}{}, {} sessions, {} kbit/s", limit, over ? "reached" : "below again", of(subject).isEmpty() ? "" : ",", of(subject), usage.sessions(),
                    Math.round(usage.kbps()));
            }
        });
        usages.values().removeIf(u -> u.sessions() == 0 && u.kbps() < 1);
    }

    /** For a limit of each session: those that are over it, and were not before. */
    void sessions(List<LiveSession> all, Consumer<LiveSession> tooMuch) {
        for (LiveSession session : all) {
            boolean over = session.kbps() > limit.kbps();
            if (!over && usages.isEmpty()) {
                continue;
            }
            Usage usage = over ? usages.computeIfAbsent(session.id(), s -> new Usage()) : usages.get(session.id());
            if (usage != null && usage.over(over)) {
                LOG.warn("limit {}: session {} {} {} kbit/s, at {}", limit, session.id(), over ? "is above" : "is below again", limit.kbps(), Math.round(session.kbps()));
            }
            if (over && limit.hard()) {
                tooMuch.accept(session);
            }
        }
        usages.values().removeIf(u -> !u.isOver());
    }
}

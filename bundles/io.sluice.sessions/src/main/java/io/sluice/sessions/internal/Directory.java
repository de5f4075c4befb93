package io.sluice.sessions.internal;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.Session.State;
import io.sluice.api.session.Sessions;
import io.sluice.api.session.Visit;
import io.sluice.sessions.internal.ask.Admissions;
import io.sluice.sessions.internal.key.Recognised;
import io.sluice.sessions.internal.live.LiveSession;
import io.sluice.sessions.internal.live.Roster;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** What pages, commands and the history see and do. From any thread. */
final class Directory implements Sessions {
    private static final int TAG_CHARS = 64;
    private final Roster roster;
    private final History history;
    private final Admissions admissions;
    private final Recognised recognised;
    private final Outlet outlet;
    private final LongSupplier millis;

    Directory(Roster roster, History history, Admissions admissions, Recognised recognised, Outlet outlet, LongSupplier millis) {
        this.roster = roster;
        this.history = history;
        this.admissions = admissions;
        this.recognised = recognised;
        this.outlet = outlet;
        this.millis = millis;
    }

    @Override
    public List<Session> list(Predicate<Session> which, int most) {
        Map<LiveSession, List<Long>> connections = roster.connections();
        List<LiveSession> live = new ArrayList<>(roster.sessions().values());
        live.sort(Comparator.comparingLong(LiveSession::sinceMillis).reversed());
        List<Session> found = new ArrayList<>();
        for (LiveSession session : live) {
            if (found.size() == most) {
                return found;
            }
            Session report = session.report(connections.getOrDefault(session, List.of()), 0);
            if (which.test(report)) {
                found.add(report);
            }
        }
        history.list().stream().filter(which).limit(Math.max(0, most - found.size())).forEach(found::add);
        return found;
    }

    @Override
    public Session get(String id) {
        LiveSession session = roster.sessions().get(id);
        return session == null ? history.get(id) : session.report(roster.connections().getOrDefault(session, List.of()), 0);
    }

    private List<LiveSession> matching(Predicate<Session> which, Set<State> states) {
        Map<LiveSession, List<Long>> connections = roster.connections();
        return roster.sessions().values().stream().filter(s -> states.contains(s.state()))
            .filter(s -> which.test(s.report(connections.getOrDefault(s, List.of()), 0))).toList();
    }

    @Override
    public int stop(Predicate<Session> which, String reason) {
        List<LiveSession> stopped = matching(which, Set.of(State.LIVE, State.ASKING));
        stopped.forEach(s -> recognised.forget(s.id()));
        stopped.stream().filter(s -> s.asking() != null).forEach(s -> s.asking().denied(Refusal.session(reason)));
        roster.stop(stopped, reason, millis.getAsLong());
        return stopped.size();
    }

    @Override
    public void tag(String id, String tag) {
        if (tag == null || tag.isBlank() || tag.length() > TAG_CHARS || tag.chars().anyMatch(c -> c < ' ' || c == 0x7f || c == '[' || c == ']' || c == ',')) {
            throw new IllegalArgumentException("a tag has 1 to " + TAG_CHARS + " characters and no brackets, commas or line breaks");
        }
        LiveSession session = live(id);
        Set<String> tags = new HashSet<>(session.tags());
        tags.add(tag);
        session.tags(tags);
        roster.visits(List.of(session), visit -> visit.tag(tag));
    }

    @Override
    public void untag(String id, String tag) {
        LiveSession session = live(id);
        roster.visits(List.of(session), visit -> visit.untag(tag));
        Set<String> tags = new HashSet<>(session.tags());
        tags.remove(tag);
        session.tags(tags);
    }

    private LiveSession live(String id) {
        LiveSession session = roster.sessions().get(id);
        if (session == null) {
            throw new IllegalArgumentException("there is no live session " + id);
        }
        return session;
    }

    @Override
    public int invalidate(Predicate<Session> which) {
        List<LiveSession> asked = matching(which, Set.of(State.LIVE, State.DENIED));
        asked.forEach(s -> recognised.forget(s.id()));
        asked.stream().filter(s -> s.state() == State.DENIED).forEach(s -> roster.sessions().remove(s.id(), s));
        List<LiveSession> viewers = asked.stream().filter(s -> s.state() == State.LIVE && s.keyed().kind() == ConnectionKind.VIEWER).toList();
        Map<LiveSession, Visit> first = new HashMap<>();
        roster.visits(viewers, visit -> first.putIfAbsent(roster.of(visit), visit));
        first.forEach((session, visit) -> admissions.again(session, visit.facts()));
        return asked.size();
    }

    @Override
    public AutoCloseable onEnded(Consumer<Session> listener) {
        return outlet.onEnded(listener);
    }
}

package io.sluice.admin.shell.internal;

import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.Sessions;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** sluice:sessions. Gogo finds the method by name, and what is to be done by the first word behind it. */
@Component(service = SessionCommands.class, property = {"osgi.command.scope=sluice", "osgi.command.function=sessions"})
public final class SessionCommands {
    private static final int SHOWN = 1000;
    private static final int SHOWN_DIGITS = 13;
    private static final int TOKEN_SHOWN = 4;
    private static final String USAGE = "sessions [list | ended | show | total] [stream | protocol | address | tag | id VALUE]; sessions stop | invalidate stream | protocol | address | tag | id VALUE;"
        + " sessions tag | untag ID TAG. ID may be a unique beginning";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC, policyOption = ReferencePolicyOption.GREEDY)
    volatile Sessions sessions;

    @Activate
    public SessionCommands() {
        // no engine yet is no error: the command says so
    }

    public String sessions(String... words) {
        Sessions now = sessions;
        if (now == null) {
            throw new IllegalStateException("the session engine is away; who is connected: sluice:connections");
        }
        String verb = words.length == 0 ? "list" : words[0];
        return switch (verb) {
            case "list" -> table(now.list(which(words).and(s -> s.state() != Session.State.ENDED), SHOWN));
            case "ended" -> table(now.list(which(words).and(s -> s.state() == Session.State.ENDED), SHOWN));
            case "show" -> now.list(some(words), SHOWN).stream().map(SessionCommands::whole).collect(Collectors.joining("\n\n"));
            case "total" -> total(now.list(which(words), Integer.MAX_VALUE));
            case "stop" -> now.stop(some(words), "ended by the operator") + " ended";
            case "invalidate" -> now.invalidate(some(words)) + " asked again";
            case "tag" -> tag(now, words, true);
            case "untag" -> tag(now, words, false);
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static String tag(Sessions now, String[] words, boolean on) {
        if (words.length != 3) {
            throw new IllegalArgumentException(USAGE);
        }
        List<Session> found = now.list(s -> s.state() != Session.State.ENDED && s.id().startsWith(words[1]), 2);
        if (found.size() != 1) {
            throw new IllegalArgumentException((found.isEmpty() ? "no" : "more than one") + " session has an id that begins with " + words[1]);
        }
        String id = found.get(0).id();
        if (on) {
            now.tag(id, words[2]);
        } else {
            now.untag(id, words[2]);
        }
        return id + (on ? " has" : " no longer has") + " the tag " + words[2];
    }

    /** Never all by accident. */
    private static Predicate<Session> some(String[] words) {
        if (words.length != 3) {
            throw new IllegalArgumentException(USAGE);
        }
        return which(words);
    }

    private static Predicate<Session> which(String[] words) {
        if (words.length < 2) {
            return s -> true;
        }
        if (words.length != 3) {
            throw new IllegalArgumentException(USAGE);
        }
        String value = words[2];
        return switch (words[1]) {
            case "stream" -> s -> s.streams().containsKey(value);
            case "protocol" -> s -> s.protocols().containsKey(value);
            case "address" -> s -> s.addresses().containsKey(value);
            case "tag" -> s -> s.tags().contains(value);
            case "id" -> s -> s.id().startsWith(value);
            default -> throw new IllegalArgumentException(USAGE);
        };
    }

    private static String table(List<Session> all) {
        Table t = new Table("SESSION", "STATE", "KIND", "FROM", "TOKEN", "STREAM", "PROTOCOLS", "FOR", "CONNECTIONS", "IN", "OUT", "LOST", "TAGS", "REASON");
        long now = System.currentTimeMillis();
        all.forEach(s -> t.row(start(s.id(), SHOWN_DIGITS), s.state(), s.kind(), String.join(",", s.addresses().keySet()), start(s.token(), TOKEN_SHOWN),
            String.join(",", s.streams().keySet()), String.join(",", s.protocols().keySet()),
            Quantity.duration((s.endedMillis() > 0 ? s.endedMillis() : now) - s.sinceMillis()), s.connections().size(), Quantity.bytes(s.bytesIn()), Quantity.bytes(s.bytesOut()),
            s.packetsLost(), String.join(",", new TreeSet<>(s.tags())), s.reason()));
        return t.or("there is no such session");
    }

    /** Every figure, to the byte. */
    private static String whole(Session s) {
        return new Table("SESSION", s.id()).row("state", s.state() + (s.reason().isEmpty() ? "" : ": " + s.reason())).row("kind", s.kind()).row("strategy", s.strategy())
            .row("seconds of streams", s.streams()).row("seconds of protocols", s.protocols()).row("seconds of addresses", s.addresses()).row("user agent", s.userAgent())
            .row("connections", s.connections()).row("since", Instant.ofEpochMilli(s.sinceMillis())).row("ended", s.endedMillis() == 0 ? "" : Instant.ofEpochMilli(s.endedMillis()))
            .row("seconds", s.seconds()).row("bytes in", s.bytesIn()).row("bytes out", s.bytesOut()).row("packets", s.packets()).row("packets lost", s.packetsLost())
            .row("packets sent again", s.packetsRetransmitted()).row("position", s.positionMillis() + " ms").row("tags", new TreeSet<>(s.tags())).toString();
    }

    /** Live and ended ones together, to the byte. */
    private static String total(List<Session> all) {
        Table t = new Table("KIND", "SESSIONS", "BYTES IN", "BYTES OUT");
        for (ConnectionKind kind : ConnectionKind.values()) {
            List<Session> of = all.stream().filter(s -> s.kind() == kind).toList();
            t.row(kind, of.size(), of.stream().mapToLong(Session::bytesIn).sum(), of.stream().mapToLong(Session::bytesOut).sum());
        }
        return t.toString();
    }

    private static String start(String text, int most) {
        return text.length() > most ? text.substring(0, most) : text;
    }
}

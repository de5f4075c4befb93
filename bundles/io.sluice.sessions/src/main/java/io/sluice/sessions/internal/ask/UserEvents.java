package io.sluice.sessions.internal.ask;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Session;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.format.session.SessionFields;
import io.sluice.sessions.internal.key.Keyed;
import java.util.Map;
import java.util.stream.Collectors;

/** The events about viewers, with the fields in the order of MistServer's payload lines. */
public final class UserEvents {
    public static final String NEW = "USER_NEW";
    public static final String END = "USER_END";

    private UserEvents() {
    }

    static TriggerEvent userNew(ConnectionFacts facts, Keyed keyed) {
        return TriggerEvent.of(NEW, facts.stream(), "stream", line(facts.stream()), "address", SessionFields.address(facts.address()), "token", line(keyed.token()),
            "protocol", line(facts.protocol()), "url", line(facts.url()), "session", keyed.id());
    }

    /** One who was denied has moved nothing. */
    public static TriggerEvent userEnd(Session s) {
        boolean denied = s.state() == Session.State.DENIED;
        return TriggerEvent.of(END, s.streams().size() == 1 ? s.streams().keySet().iterator().next() : "",
            "token", line(s.token()), "streams", names(s.streams()), "protocols", names(s.protocols()), "addresses", names(s.addresses()),
            "seconds", denied ? "0" : String.valueOf(s.seconds()), "bytesOut", denied ? "0" : String.valueOf(s.bytesOut()), "bytesIn", denied ? "0" : String.valueOf(s.bytesIn()),
            "tags", s.tags().stream().sorted().map(t -> "[" + line(t) + "]").collect(Collectors.joining()), "addressSeconds", seconds(s.addresses()),
            "protocolSeconds", seconds(s.protocols()), "streamSeconds", seconds(s.streams()), "session", s.id());
    }

    private static String names(Map<String, Long> tally) {
        return line(String.join(",", tally.keySet()));
    }

    private static String seconds(Map<String, Long> tally) {
        return tally.values().stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    /** A value is a line: what a peer says cannot make another. */
    private static String line(String value) {
        return value.replaceAll("\\p{Cntrl}", " ");
    }
}

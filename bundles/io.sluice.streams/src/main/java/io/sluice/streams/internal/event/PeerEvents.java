package io.sluice.streams.internal.event;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.Denied;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.streams.internal.gate.StreamName;
import io.sluice.streams.internal.visit.Caller;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** What concerns one peer: its connection, the name it publishes under, the stream it gets instead. From any thread. */
public final class PeerEvents {
    private final Events events;

    public PeerEvents(Events events) {
        this.events = events;
    }

    /** CONN_OPEN for all, then CONN_PLAY for viewers. Exceptionally with {@link Denied}. */
    public CompletableFuture<Void> open(CountedVisit visit) {
        ConnectionFacts f = visit.facts();
        if (f.kind() == ConnectionKind.UNCLASSIFIED) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> opened = decision("CONN_OPEN", f);
        return f.kind() == ConnectionKind.VIEWER ? opened.thenCompose(ok -> decision("CONN_PLAY", f)) : opened;
    }

    /** CONN_STOP for viewers, then CONN_CLOSE. */
    public void closed(CountedVisit visit) {
        ConnectionFacts f = visit.facts();
        if (!visit.admitted() || f.kind() == ConnectionKind.UNCLASSIFIED) {
            return;
        }
        if (f.kind() == ConnectionKind.VIEWER) {
            events.tell("CONN_STOP", f.stream(), "stream", f.stream(), "address", f.address().getHostAddress(), "protocol", f.protocol());
        }
        events.tell("CONN_CLOSE", f.stream(), who(f));
    }

    /** Exceptionally with {@link Denied}. */
    public CompletableFuture<Void> push(ConnectionFacts publisher) {
        return decision("STREAM_PUSH", publisher);
    }

    private CompletableFuture<Void> decision(String type, ConnectionFacts f) {
        return events.ask(type, f.stream(), who(f)).thenAccept(answer -> {
            if (!answer.yes()) {
                throw refused(type, answer);
            }
        });
    }

    private static Denied refused(String type, TriggerAnswer answer) {
        return new Denied(Denied.Reason.SESSION, "refused by the trigger " + type + (answer.handler().isEmpty() ? "" : ": " + answer.handler()));
    }

    private static String[] who(ConnectionFacts f) {
        return new String[] {"stream", f.stream(), "address", f.address().getHostAddress(), "protocol", f.protocol(), "url", f.url()};
    }

    /** DEFAULT_STREAM: a name, "" for none. @param configured the default stream */
    public CompletableFuture<String> defaultStream(String configured, String requested, Caller caller) {
        return events.ask("DEFAULT_STREAM", requested, "default", configured, "requested", requested, "address", caller.address().getHostAddress(), "protocol", caller.protocol(),
            "url", caller.url()).thenApply(answer -> answer.text() == null ? configured : StreamName.clean(answer.text().trim()));
    }

    /** RTMP_PUSH_REWRITE where RTMP is spoken, then PUSH_REWRITE: what the publisher shall have asked for. Exceptionally with {@link Denied}. */
    public CompletableFuture<Credentials> rewritten(Caller caller) {
        CompletableFuture<Credentials> first = CompletableFuture.completedFuture(caller.credentials());
        String host = caller.address().getHostAddress();
        if (caller.protocol().equals("rtmp")) {
            first = events.ask("RTMP_PUSH_REWRITE", StreamName.clean(caller.name()), "url", caller.url(), "address", host)
                .thenApply(answer -> answer.text() == null ? caller.credentials() : address(caller.credentials(), required("RTMP_PUSH_REWRITE", answer)));
        }
        return first.thenCompose(now -> events.ask("PUSH_REWRITE", StreamName.clean(now.name()), "url", caller.url(), "address", host, "stream", StreamName.clean(now.name()))
            .thenApply(answer -> answer.text() == null ? now : named(now, required("PUSH_REWRITE", answer))));
    }

    private static String required(String type, TriggerAnswer answer) {
        String text = answer.text().trim();
        if (text.isEmpty() || !answer.yes()) {
            throw refused(type, answer);
        }
        return text;
    }

    /** The keys that the peer offered beside its name stay; those in a name that is replaced by one without any do, too. */
    private static Credentials named(Credentials was, String name) {
        int query = was.name().indexOf('?');
        String whole = query < 0 || name.indexOf('?') >= 0 ? name : name + was.name().substring(query);
        return new Credentials(was.app(), whole, was.parameters(), was.user(), was.password());
    }

    /** {@code rtmp://host/app/name?query}: the application is the first part of the path. */
    private static Credentials address(Credentials was, String url) {
        int host = url.indexOf("://");
        int app = url.indexOf('/', host < 0 ? 0 : host + 3);
        int name = url.indexOf('/', app + 1);
        if (host < 0 || app < 0 || name < 0) {
            throw new Denied(Denied.Reason.NAME, "the trigger RTMP_PUSH_REWRITE gave no address such as rtmp://host/app/name");
        }
        return new Credentials(url.substring(app + 1, name), url.substring(name + 1), Map.of(), was.user(), was.password());
    }
}

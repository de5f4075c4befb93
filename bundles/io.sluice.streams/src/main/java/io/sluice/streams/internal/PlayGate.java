package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.Reader;
import io.sluice.streams.internal.gate.Catalogue;
import io.sluice.streams.internal.gate.StreamName;
import io.sluice.streams.internal.visit.Caller;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate for viewers: limits, then the name and what stands in for it, then the visit, then the stream itself. Called on the connection's loop; answers there. */
final class PlayGate {
    private static final Logger LOG = LoggerFactory.getLogger(PlayGate.class);

    private final Core core;
    private final Registry registry;
    private final Supplier<Catalogue> catalogue;
    private final Entrance entrance;
    private final Map<Long, Admission> readers = new ConcurrentHashMap<>();

    PlayGate(Core core, Registry registry, Supplier<Catalogue> catalogue, Entrance entrance) {
        this.core = core;
        this.registry = registry;
        this.catalogue = catalogue;
        this.entrance = entrance;
    }

    Entrance entrance() {
        return entrance;
    }

    CompletionStage<Reader> play(PlayRequest request) {
        entrance.require(request.connection(), request.exchange());
        Caller caller = Caller.of(request);
        Owners.Owned owned = entrance.owned(request.connection());
        Question question = null;
        try {
            entrance.refuseWhileStopping();
            Reader known = again(request, caller, owned);
            if (known != null) {
                return CompletableFuture.completedFuture(known);
            }
            question = new Question(request, caller, this, owned, core.nextId());
            int limit = core.settings().get().maxViewers();
            if (limit > 0 && core.viewers().get() >= limit) {
                throw new Denied(Denied.Reason.LIMIT, limit + " viewers are watching, more are not allowed (maxViewers in io.sluice.streams)");
            }
            ask(question, StreamName.of(request.credentials().name()));
        } catch (Denied no) {
            if (question == null) {
                return CompletableFuture.failedFuture(no);
            }
            question.denied(no);
        }
        return question.answer();
    }

    /** Who was let in before asks again with the same words, as for each segment: he is known, and so is his place. Null where that is not so. */
    private Reader again(PlayRequest request, Caller caller, Owners.Owned owned) {
        if (!caller.http()) {
            return null;
        }
        CountedVisit visit = owned.visitors().known(caller, entrance.headers());
        if (visit == null || !visit.admitted() || !(visit.seat() instanceof StreamSeat seat)) {
            return null;
        }
        String name = visit.facts().stream();
        LiveStream now = registry.get(name);
        boolean there = now == null ? registry.remains(name, caller.protocol()) == seat.stream() : now == seat.stream();
        if (visit.endReason() != null) {
            request.connection().account(visit);
            throw new Denied(Denied.Reason.SESSION, visit.endReason());
        }
        return there && name.equals(StreamName.clean(caller.name())) ? reader(visit, seat.stream(), request, caller, owned) : null;
    }

    /** On the connection's loop. */
    private void ask(Question question, String name) {
        if (registry.get(name) == null && !startable(name)) {
            boolean remains = registry.remains(name, question.form()) != null && fallbackOf(name).isEmpty();
            if (!remains) {
                otherwise(question, name, catalogue.get().find(name) == null ? new Denied(Denied.Reason.UNKNOWN, "no stream is configured by the name " + name)
                    : new Denied(Denied.Reason.OFFLINE, "no such stream yet: nobody publishes " + name));
                return;
            }
        }
        question.enter(name, () -> let(question, name));
    }

    /** The visitor may: to the stream. What was there at the question may have gone meanwhile. */
    private void let(Question question, String name) {
        LiveStream running = registry.get(name);
        if (running == null && !startable(name)) {
            LiveStream remains = registry.remains(name, question.form());
            if (remains == null) {
                otherwise(question, name, new Denied(Denied.Reason.OFFLINE, "no such stream yet: nobody publishes " + name));
            } else if (question.seatedAt(remains)) {
                question.seated(remains);
            } else {
                remains.admitToRemains(() -> question.admitted(remains), no -> question.onLoop(() -> refused(question, name, no)));
            }
            return;
        }
        LiveStream found = running == null ? registry.open(name, catalogue.get().find(name)) : running;
        if (question.seatedAt(found)) {
            question.seated(found);
            return;
        }
        found.admit(Guest.VIEWER, () -> question.admitted(found), no -> question.onLoop(() -> refused(question, name, no)), () -> question.onLoop(() -> ask(question, name)));
    }

    private boolean startable(String name) {
        StreamConfig config = catalogue.get().find(name);
        return config != null && config.isPull();
    }

    private void refused(Question question, String name, Denied no) {
        if (no.reason() == Denied.Reason.OFFLINE) {
            otherwise(question, name, no);
        } else {
            question.denied(no);
        }
    }

    /** The stream cannot be had: its fallback, or the fallback's, or the default stream, each once. */
    private void otherwise(Question question, String name, Denied no) {
        String own = question.fallback(name, no, fallback(name));
        if (own.isEmpty()) {
            question.byDefault(defaultStream(name), next -> ask(question, next));
        } else {
            ask(question, own);
        }
    }

    /** The configured fallback of a stream, variables expanded, or "". */
    private String fallback(String name) {
        StreamConfig config = catalogue.get().find(name);
        return config == null ? "" : core.expander().name(config.fallback(), name, config.source());
    }

    private String defaultStream(String name) {
        return core.expander().name(core.settings().get().defaultStream(), name, "");
    }

    /** The viewer is in: what is his from here on is his visit's. */
    Reader reader(CountedVisit visit, LiveStream stream, PlayRequest request, Caller caller, Owners.Owned owned) {
        Connection peer = request.connection();
        peer.account(visit);
        long id = core.nextId();
        Runnable closed = caller.http() ? () -> { } : () -> {
            owned.remove(id);
            stream.left(Guest.VIEWER);
        };
        Admission admission = new Admission(id, stream, peer, visit, caller.label(), readers, closed);
        if (caller.http()) {
            request.exchange().onEnd(admission::close);
            if (!request.cached()) {
                Entrance.cookies(visit, request.exchange());
            }
        } else {
            owned.add(id, admission::close);
            LOG.debug("{}: watched by {}", stream.name(), admission.label);
        }
        return new ReaderLease(admission, false);
    }

    /** What viewers of a name get instead now, or "". */
    String fallbackOf(String name) {
        Fallbacks chain = new Fallbacks();
        String next = name;
        while (!next.isEmpty() && registry.get(next) == null) {
            StreamConfig config = catalogue.get().find(next);
            if (config != null && config.isPull()) {
                break;
            }
            String own = chain.own(next, fallback(next));
            next = own.isEmpty() ? chain.fresh(defaultStream(name)) : own;
        }
        return next.equals(name) ? "" : next;
    }

    Reader reader(Handle handle, Connection connection) {
        Admission admission = readers.get(handle.id());
        if (admission == null || admission.owner != connection) {
            throw new IllegalArgumentException("this connection has no reader " + handle);
        }
        return new ReaderLease(admission, true);
    }
}

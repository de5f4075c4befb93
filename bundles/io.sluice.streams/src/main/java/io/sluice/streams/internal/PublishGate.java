package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.streams.internal.event.Steps;
import io.sluice.streams.internal.event.StreamEvents;
import io.sluice.streams.internal.gate.Catalogue;
import io.sluice.streams.internal.gate.OfferedKeys;
import io.sluice.streams.internal.gate.PublishRules;
import io.sluice.streams.internal.gate.StreamName;
import io.sluice.streams.internal.visit.Caller;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gate for publishers: the name, then the key or the address, then the visit, then the stream itself. Called on the connection's loop; answers there. */
final class PublishGate {
    private static final Logger LOG = LoggerFactory.getLogger(PublishGate.class);

    private final Core core;
    private final Registry registry;
    private final Supplier<Catalogue> catalogue;
    private final Entrance entrance;
    private final PublishRules rules;
    private final Map<Long, Ingest> publishers = new ConcurrentHashMap<>();

    PublishGate(Core core, Registry registry, Supplier<Catalogue> catalogue, Entrance entrance) {
        this.core = core;
        this.registry = registry;
        this.catalogue = catalogue;
        this.entrance = entrance;
        rules = new PublishRules(core.loops().workers(), core.clock());
    }

    /** A peer's wish to publish. @param loop the connection's */
    private record Wish(PublishRequest request, Caller caller, Owners.Owned owned, Executor loop, CompletableFuture<Publisher> answer) {
        Connection peer() {
            return request.connection();
        }

        /** With what it shall have asked for. */
        Wish as(Credentials rewritten) {
            return rewritten == caller.credentials() ? this : new Wish(request, caller.as(rewritten), owned, loop, answer);
        }
    }

    CompletionStage<Publisher> publish(PublishRequest request) {
        entrance.require(request.connection(), request.exchange());
        Wish wish = new Wish(request, Caller.of(request), entrance.owned(request.connection()), LoopOf.here(request.connection()), new CompletableFuture<>());
        try {
            entrance.refuseWhileStopping();
            StreamName.of(request.credentials().name());
            next(wish, entrance.peers().rewritten(wish.caller), credentials -> named(wish.as(credentials)));
        } catch (Denied no) {
            refuse(wish, no);
        }
        return wish.answer;
    }

    private <T> void next(Wish wish, CompletableFuture<T> answer, Consumer<T> step) {
        Steps.then(answer, wish.loop, step, no -> refuse(wish, no));
    }

    private void named(Wish wish) {
        String name = StreamName.of(wish.caller.name());
        StreamConfig config = catalogue.get().find(name);
        if (config == null) {
            throw new Denied(Denied.Reason.UNKNOWN, "no stream is configured by the name " + name + ", so it cannot be published");
        }
        next(wish, rules.check(name, config, core.settings().get(), OfferedKeys.of(wish.caller.credentials()), wish.caller.address()), ok -> checked(wish, name, config));
    }

    private void checked(Wish wish, String name, StreamConfig config) {
        CountedVisit visit = entrance.visit(wish.caller, wish.owned, name);
        Steps.then(entrance.enter(visit, wish.peer()), wish.loop, ok -> {
            wish.peer().account(visit);
            next(wish, entrance.peers().push(visit.facts()), may -> load(wish, visit, name, config));
        }, no -> {
            wish.peer().account(visit);
            refuse(wish, no);
        });
    }

    private void load(Wish wish, CountedVisit visit, String name, StreamConfig config) {
        if (registry.get(name) != null) {
            begin(wish, visit, name, config);
            return;
        }
        next(wish, new StreamEvents(core.events(), name, wish.loop).load(), yes -> {
            if (!yes) {
                throw new Denied(Denied.Reason.SESSION, "a trigger does not let " + name + " load");
            }
            begin(wish, visit, name, config);
        });
    }

    private void begin(Wish wish, CountedVisit visit, String name, StreamConfig config) {
        if (wish.owned.isOver()) {
            refuse(wish, new Denied(Denied.Reason.STOPPING, "the publisher has left"));
            return;
        }
        LiveStream stream;
        try {
            stream = registry.open(name, config);
        } catch (Denied no) {
            refuse(wish, no);
            return;
        }
        Ingest ingest = new Ingest(core.nextId(), stream, wish.peer(), wish.loop, visit, wish.caller.label(), core.clock().millis());
        wish.owned.add(ingest.id, () -> left(ingest));
        stream.admit(ingest).whenComplete((ok, no) -> {
            if (no instanceof LiveStream.Over) {
                wish.loop.execute(() -> begin(wish, visit, name, config));
            } else if (no != null) {
                refuse(wish, no);
            } else {
                publishers.put(ingest.id, ingest);
                answer(wish, ingest);
            }
        });
    }

    /** At the publisher's loop. */
    private void answer(Wish wish, Ingest ingest) {
        String ended = ingest.visit.endReason();
        if (ended != null) {
            ingest.stream.leave(ingest, ended);
            refuse(wish, new Denied(Denied.Reason.SESSION, ended));
        } else {
            ingest.mayBeEnded();
            wish.answer.complete(new PublisherLease(ingest, core.nextId()));
        }
    }

    private void left(Ingest ingest) {
        publishers.remove(ingest.id);
        ingest.stream.home().execute(() -> ingest.stream.leave(ingest, "the publisher " + ingest.label + " ended its connection"));
    }

    private void refuse(Wish wish, Throwable why) {
        Throwable no = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        LOG.info("{}: {} may not publish: {}", StreamName.clean(wish.caller.name()), wish.caller.label(), no.getMessage());
        wish.peer().loop().execute(() -> wish.answer.completeExceptionally(no));
    }

    Publisher publisher(Handle handle, Connection connection) {
        Ingest ingest = publishers.get(handle.id());
        if (ingest == null || ingest.owner == null || ingest.owner != connection || ingest.isEnded()) {
            throw new IllegalArgumentException("this connection has no publisher " + handle);
        }
        return new PublisherLease(ingest, core.nextId());
    }
}

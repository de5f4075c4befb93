package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.streams.internal.gate.Catalogue;
import io.sluice.streams.internal.gate.OfferedKeys;
import io.sluice.streams.internal.gate.PublishRules;
import io.sluice.streams.internal.gate.StreamName;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one gate: limits, then the name, then the key or the address, then the stream itself. Called on the connection's loop; answers there. */
final class Gate {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

    private final Core core;
    private final Registry registry;
    private final Supplier<Catalogue> catalogue;
    private final PublishRules rules;
    private final Owners owners = new Owners();
    private final Map<Long, Admission> readers = new ConcurrentHashMap<>();
    private final Map<Long, Ingest> publishers = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Gate(Core core, Registry registry, Supplier<Catalogue> catalogue) {
        this.core = core;
        this.registry = registry;
        this.catalogue = catalogue;
        rules = new PublishRules(core.loops().workers(), core.clock());
    }

    static String label(String protocol, Connection peer) {
        return protocol + " " + peer.remote().getAddress().getHostAddress() + ":" + peer.remote().getPort();
    }

    // ---- play

    CompletionStage<Reader> play(PlayRequest request) {
        Question question = new Question(request, this, owners.of(request.connection()), core.nextId());
        try {
            refuseWhileStopping();
            int limit = core.settings().get().maxViewers();
            if (limit > 0 && core.viewers().get() >= limit) {
                throw new Denied(Denied.Reason.LIMIT, limit + " viewers are watching, more are not allowed (maxViewers in io.sluice.streams)");
            }
            ask(question, StreamName.of(request.credentials().name()));
        } catch (Denied no) {
            question.denied(no);
        }
        return question.answer();
    }

    /** On the connection's loop. */
    void ask(Question question, String name) {
        StreamConfig config = catalogue.get().find(name);
        LiveStream stream = registry.get(name);
        if (stream == null && config == null) {
            otherwise(question, name, new Denied(Denied.Reason.UNKNOWN, "no stream is configured by the name " + name));
            return;
        }
        if (stream == null && !config.isPull()) {
            LiveStream remains = registry.remains(name, question.form());
            if (remains != null && fallbackOf(name).isEmpty()) {
                remains.admitToRemains(() -> question.admitted(remains), no -> question.onLoop(() -> refused(question, name, no)));
                return;
            }
            otherwise(question, name, new Denied(Denied.Reason.OFFLINE, "no such stream yet: nobody publishes " + name));
            return;
        }
        LiveStream found = stream == null ? registry.open(name, config) : stream;
        found.admit(() -> question.admitted(found), no -> question.onLoop(() -> refused(question, name, no)), () -> question.onLoop(() -> ask(question, name)));
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
        String next = question.next(name, no, catalogue.get().find(name), core.settings().get().defaultStream());
        if (next.isEmpty()) {
            question.deniedAtFirst();
        } else {
            ask(question, next);
        }
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
            next = chain.next(next, config, core.settings().get().defaultStream());
        }
        return next.equals(name) ? "" : next;
    }

    /** At the stream's home: the viewer is in. */
    Admission admit(LiveStream stream, PlayRequest request, Owners.Owned owned) {
        Admission admission = new Admission(core.nextId(), stream, request.connection(), label(request.protocol(), request.connection()), a -> {
            readers.remove(a.id);
            owned.remove(a.id);
            LOG.debug("{}: {} stopped watching", stream.name(), a.label);
        });
        readers.put(admission.id, admission);
        owned.add(admission.id, admission::close);
        LOG.debug("{}: watched by {}", stream.name(), admission.label);
        return admission;
    }

    Reader reader(Handle handle, Connection connection) {
        Admission admission = readers.get(handle.id());
        if (admission == null || admission.owner != connection) {
            throw new IllegalArgumentException("connection " + connection.id() + " has no reader " + handle);
        }
        return new ReaderLease(admission, true);
    }

    // ---- publish

    CompletionStage<Publisher> publish(PublishRequest request) {
        CompletableFuture<Publisher> answer = new CompletableFuture<>();
        Executor loop = LoopOf.here(request.connection());
        try {
            refuseWhileStopping();
            String name = StreamName.of(request.credentials().name());
            StreamConfig config = catalogue.get().find(name);
            if (config == null) {
                throw new Denied(Denied.Reason.UNKNOWN, "no stream is configured by the name " + name + ", so it cannot be published");
            }
            rules.check(name, config, core.settings().get(), OfferedKeys.of(request.credentials()), request.connection().remote().getAddress())
                .whenComplete((ok, no) -> {
                    if (no != null) {
                        refuse(request, answer, no);
                    } else {
                        enter(request, loop, name, config, answer);
                    }
                });
        } catch (Denied no) {
            refuse(request, answer, no);
        }
        return answer;
    }

    private void enter(PublishRequest request, Executor loop, String name, StreamConfig config, CompletableFuture<Publisher> answer) {
        LiveStream stream;
        try {
            stream = registry.open(name, config);
        } catch (Denied no) {
            refuse(request, answer, no);
            return;
        }
        Connection peer = request.connection();
        Ingest ingest = new Ingest(core.nextId(), stream, peer, loop, label(request.protocol(), peer), core.clock().millis());
        loop.execute(() -> owners.of(peer).add(ingest.id, () -> left(ingest)));
        stream.admit(ingest).whenComplete((ok, no) -> {
            if (no instanceof LiveStream.Over) {
                enter(request, loop, name, config, answer);
            } else if (no != null) {
                refuse(request, answer, no);
            } else {
                publishers.put(ingest.id, ingest);
                answer.complete(new PublisherLease(ingest, core.nextId()));
            }
        });
    }

    private void left(Ingest ingest) {
        publishers.remove(ingest.id);
        ingest.stream.home().execute(() -> ingest.stream.leave(ingest, "the publisher " + ingest.label + " ended its connection"));
    }

    private void refuse(PublishRequest request, CompletableFuture<Publisher> answer, Throwable why) {
        Throwable no = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        LOG.info("{}: {} may not publish: {}", StreamName.clean(request.credentials().name()), label(request.protocol(), request.connection()), no.getMessage());
        request.connection().loop().execute(() -> answer.completeExceptionally(no));
    }

    Publisher publisher(Handle handle, Connection connection) {
        Ingest ingest = publishers.get(handle.id());
        if (ingest == null || ingest.owner != connection || ingest.isEnded()) {
            throw new IllegalArgumentException("connection " + connection.id() + " has no publisher " + handle);
        }
        return new PublisherLease(ingest, core.nextId());
    }

    // ---- end

    void stop() {
        stopping = true;
    }

    private void refuseWhileStopping() {
        if (stopping) {
            throw new Denied(Denied.Reason.STOPPING, "the server is stopping");
        }
    }
}

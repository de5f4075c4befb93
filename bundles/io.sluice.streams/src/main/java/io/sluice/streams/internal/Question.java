package io.sluice.streams.internal;

import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.Reader;
import io.sluice.streams.internal.event.Steps;
import io.sluice.streams.internal.gate.StreamName;
import io.sluice.streams.internal.visit.Caller;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer's wish to watch, while it is answered. A peer that leaves takes it back. On the connection's loop, but for what says otherwise. */
final class Question {
    private static final Logger LOG = LoggerFactory.getLogger(Question.class);

    private final PlayRequest request;
    private final Caller caller;
    private final PlayGate gate;
    private final Owners.Owned owned;
    private final long id;
    private final CompletableFuture<Reader> answer = new CompletableFuture<>();
    private final Fallbacks fallbacks = new Fallbacks();
    private boolean defaulted;
    private Denied first;
    private CountedVisit visit;

    Question(PlayRequest request, Caller caller, PlayGate gate, Owners.Owned owned, long id) {
        this.request = request;
        this.caller = caller;
        this.gate = gate;
        this.owned = owned;
        this.id = id;
        owned.add(id, () -> answer.cancel(false));
    }

    CompletableFuture<Reader> answer() {
        return answer;
    }

    /** A segmented form goes by the name of its protocol. */
    String form() {
        return request.protocol();
    }

    /** From any thread. */
    void onLoop(Runnable step) {
        request.connection().loop().execute(() -> here(step));
    }

    void here(Runnable step) {
        try {
            if (!answer.isDone()) {
                step.run();
            }
        } catch (Denied no) {
            denied(no);
        }
    }

    /** The stream's own fallback where it was not tried yet, or "". */
    String fallback(String name, Denied no, String configured) {
        first = first == null ? no : first;
        return fallbacks.own(name, configured);
    }

    /** The last resort; asked about once. */
    void byDefault(String configured, Consumer<String> next) {
        if (defaulted) {
            denied(first);
            return;
        }
        defaulted = true;
        Steps.then(gate.entrance().peers().defaultStream(configured, StreamName.clean(caller.name()), caller), request.connection().loop(), name -> here(() -> {
            String fresh = fallbacks.fresh(name);
            if (fresh.isEmpty()) {
                denied(first);
            } else {
                next.accept(fresh);
            }
        }), e -> denied(first));
    }

    void denied(Denied no) {
        owned.remove(id);
        if (visit != null) {
            request.connection().account(visit);
        }
        String stream = StreamName.clean(caller.name());
        if (caller.http() && isTurnedAway(no.reason())) {
            request.connection().complain("may not watch " + stream + ": " + no.getMessage()); // its connection goes on; others end with the reason
        } else {
            LOG.debug("{}: {} may not watch: {}", stream, caller.label(), no.getMessage());
        }
        answer.completeExceptionally(no);
    }

    /** It is about the peer, and not about a stream that is not there. */
    private static boolean isTurnedAway(Denied.Reason reason) {
        return switch (reason) {
            case TOKEN, SESSION, SIZE, KEY, ADDRESS, LIMIT -> true;
            case NAME, UNKNOWN, OFFLINE, BUSY, STOPPING -> false;
        };
    }

    /** Asks whoever decides on visits; goes on where he agrees. */
    void enter(String name, Runnable entered) {
        CountedVisit before = visit;
        visit = gate.entrance().visit(caller, owned, name);
        if (before != null && before != visit && !caller.http()) {
            owned.visitors().close(before); // for a stream that is not to be had after all
        }
        gate.entrance().enter(visit, request.connection()).whenComplete((ok, no) -> here(() -> {
            if (no != null) {
                denied(Entrance.denied(no));
            } else {
                entered.run();
            }
        }));
    }

    /** The visit has a place at the stream already. */
    boolean seatedAt(LiveStream stream) {
        return caller.http() && visit.seat() instanceof StreamSeat s && s.stream() == stream;
    }

    /** At the stream's home: one viewer more is counted. */
    void admitted(LiveStream stream) {
        request.connection().loop().execute(() -> {
            if (answer.isDone() || owned.isOver() || visit.endReason() != null || seatedAt(stream)) {
                stream.left(Guest.VIEWER);
            } else if (caller.http()) {
                visit.sit(new StreamSeat(stream));
            }
            here(() -> seated(stream));
        });
    }

    void seated(LiveStream stream) {
        if (visit.endReason() != null) {
            throw new Denied(Denied.Reason.SESSION, visit.endReason());
        }
        owned.remove(id);
        answer.complete(gate.reader(visit, stream, request, caller, owned));
    }
}

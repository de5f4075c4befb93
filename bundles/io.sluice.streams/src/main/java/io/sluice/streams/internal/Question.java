package io.sluice.streams.internal;

import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.Reader;
import io.sluice.streams.internal.gate.StreamName;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer's wish to watch, while it is answered. A peer that leaves takes it back. */
final class Question {
    private static final Logger LOG = LoggerFactory.getLogger(Question.class);

    private final PlayRequest request;
    private final Gate gate;
    private final Owners.Owned owned;
    private final long id;
    private final CompletableFuture<Reader> answer = new CompletableFuture<>();
    private final Fallbacks fallbacks = new Fallbacks();
    private Denied first;

    Question(PlayRequest request, Gate gate, Owners.Owned owned, long id) {
        this.request = request;
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

    void onLoop(Runnable step) {
        request.connection().loop().execute(() -> {
            try {
                if (!answer.isDone()) {
                    step.run();
                }
            } catch (Denied no) {
                denied(no);
            }
        });
    }

    String next(String name, Denied no, StreamConfig config, String defaultStream) {
        first = first == null ? no : first;
        return fallbacks.next(name, config, defaultStream);
    }

    void deniedAtFirst() {
        denied(first);
    }

    /** On the connection's loop. */
    void denied(Denied no) {
        owned.remove(id);
        LOG.debug("{}: {} may not watch: {}", StreamName.clean(request.credentials().name()), Gate.label(request.protocol(), request.connection()), no.getMessage());
        answer.completeExceptionally(no);
    }

    /** At the stream's home. */
    void admitted(LiveStream stream) {
        Admission admission = gate.admit(stream, request, owned);
        owned.remove(id);
        request.connection().loop().execute(() -> {
            if (!answer.complete(new ReaderLease(admission, false))) {
                admission.close();
            }
        });
    }
}

package io.sluice.streams.internal;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.SessionEngine;
import io.sluice.api.session.Visit;
import io.sluice.api.session.Visits;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A session engine of the tests: answers as it is told, and remembers what it was asked. */
final class Collator implements SessionEngine, SessionEngine.Collation {
    final List<Visit> entered = new CopyOnWriteArrayList<>();
    volatile Visits visits;
    volatile Set<String> headers = Set.of();
    volatile boolean closed;
    volatile Function<Visit, CompletionStage<Admitted>> answer = v -> CompletableFuture.completedFuture(new Admitted("id", Map.of(), List.of()));

    @Override
    public Collation begin(Visits given) {
        visits = given;
        return this;
    }

    @Override
    public CompletionStage<Admitted> enter(Visit visit) {
        entered.add(visit);
        return answer.apply(visit);
    }

    @Override
    public Set<String> headers() {
        return headers;
    }

    @Override
    public void close() {
        closed = true;
    }
}

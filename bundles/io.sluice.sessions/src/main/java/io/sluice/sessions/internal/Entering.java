package io.sluice.sessions.internal;

import io.sluice.api.session.Admitted;
import io.sluice.sessions.internal.key.Keyed;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** One visit's two steps, identified and joined, as one answer; cancelling it gives up whichever runs. */
final class Entering {
    private Entering() {
    }

    static CompletionStage<Admitted> of(CompletableFuture<Keyed> identified, Function<Keyed, CompletionStage<Admitted>> join) {
        CompletableFuture<Admitted> answer = new CompletableFuture<>();
        identified.whenComplete((keyed, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(cause(failure));
            } else if (!answer.isDone()) {
                joining(answer, join.apply(keyed).toCompletableFuture());
            }
        });
        return answer;
    }

    private static void joining(CompletableFuture<Admitted> answer, CompletableFuture<Admitted> joined) {
        joined.whenComplete((admitted, failure) -> {
            if (failure == null) {
                answer.complete(admitted);
            } else {
                answer.completeExceptionally(cause(failure));
            }
        });
        answer.whenComplete((admitted, failure) -> {
            if (answer.isCancelled()) {
                joined.cancel(false);
            }
        });
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}

package io.sluice.streams.internal.event;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One step after another on one thread: at once where the answer is there, else when it comes. */
public final class Steps {
    private Steps() {
    }

    /** Called on the thread of the loop. @param failed told what went wrong before, or in the next step */
    public static <T> void then(CompletableFuture<T> answer, Executor loop, Consumer<T> next, Consumer<Throwable> failed) {
        if (answer.isDone()) {
            step(answer, next, failed);
        } else {
            answer.whenComplete((v, e) -> loop.execute(() -> step(answer, next, failed)));
        }
    }

    private static <T> void step(CompletableFuture<T> answer, Consumer<T> next, Consumer<Throwable> failed) {
        try {
            next.accept(answer.join());
        } catch (CompletionException e) {
            failed.accept(e.getCause() == null ? e : e.getCause());
        } catch (RuntimeException e) {
            failed.accept(e);
        }
    }
}

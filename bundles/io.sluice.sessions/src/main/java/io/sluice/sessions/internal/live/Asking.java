package io.sluice.sessions.internal.live;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.stream.Denied;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** A session's open question, and who waits for it. When the last one leaves, the question is given up. From any thread. */
public final class Asking {
    private final CompletableFuture<Void> decided = new CompletableFuture<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final ConnectionFacts facts;
    private final Runnable deserted;
    private volatile CompletableFuture<?> question;

    /**
     * @param facts    of the first who waits
     * @param deserted called when nobody waits any more
     */
    public Asking(ConnectionFacts facts, Runnable deserted) {
        this.facts = facts;
        this.deserted = deserted;
    }

    public ConnectionFacts facts() {
        return facts;
    }

    /** The question that counts from here on; one before it is given up. */
    public void question(CompletableFuture<?> asked) {
        CompletableFuture<?> before = question;
        question = asked;
        if (before != null) {
            before.cancel(false);
        }
        if (decided.isDone()) {
            asked.cancel(false);
        }
    }

    /** Whether this is the one that counts: a newer one may have been asked. */
    public boolean isAsked(CompletableFuture<?> which) {
        return question == which;
    }

    public CompletionStage<Admitted> await(Admitted answer) {
        waiting.incrementAndGet();
        CompletableFuture<Admitted> mine = decided.thenApply(yes -> answer);
        mine.whenComplete((admitted, failure) -> {
            if (mine.isCancelled() && waiting.decrementAndGet() == 0) {
                deserted.run();
            }
        });
        return mine;
    }

    public void allowed() {
        decided.complete(null);
    }

    public void denied(Denied why) {
        decided.completeExceptionally(why);
    }

    /** Nobody wants the answer any more. */
    public void giveUp(Denied why) {
        drop();
        decided.completeExceptionally(why);
    }

    /** The question is taken back; who waits goes on waiting, for the next engine to ask. */
    public void drop() {
        CompletableFuture<?> asked = question;
        question = null;
        if (asked != null) {
            asked.cancel(false);
        }
    }
}

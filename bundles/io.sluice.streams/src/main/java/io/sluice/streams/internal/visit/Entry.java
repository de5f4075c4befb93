package io.sluice.streams.internal.visit;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.SessionEngine.Collation;
import io.sluice.api.stream.Denied;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** One visit's question to be let in, which outlives the engine that was asked first: the next one is asked again. It always ends, by an answer or by the policy. From any thread. */
public final class Entry {
    private final CountedVisit visit;
    private final Doorman doorman;
    private final CompletableFuture<Admitted> answer = new CompletableFuture<>();
    private CompletionStage<Admitted> asked;
    private Future<?> timeout;
    private int attempt;

    Entry(CountedVisit visit, Doorman doorman) {
        this.visit = visit;
        this.doorman = doorman;
    }

    CompletableFuture<Admitted> answer() {
        return answer;
    }

    /** An answer to an earlier attempt does not count any more. */
    void ask(Collation engine) {
        int mine;
        synchronized (this) {
            mine = ++attempt;
        }
        CompletionStage<Admitted> stage;
        try {
            stage = engine.enter(visit);
        } catch (Throwable e) {
            doorman.failed(e);
            byPolicy("the session engine failed");
            return;
        }
        if (stage == null) {
            doorman.failed(new NullPointerException("enter answered null"));
            byPolicy("the session engine failed");
            return;
        }
        synchronized (this) {
            asked = stage;
        }
        stage.whenComplete((yes, no) -> answered(mine, yes, no));
    }

    private void answered(int mine, Admitted yes, Throwable no) {
        synchronized (this) {
            if (mine != attempt) {
                return;
            }
        }
        Throwable cause = no instanceof CompletionException && no.getCause() != null ? no.getCause() : no;
        if (yes != null) {
            end(yes, null);
        } else if (cause instanceof Denied denied) {
            end(null, denied);
        } else {
            doorman.failed(cause == null ? new NullPointerException("the answer is null") : cause);
            byPolicy("the session engine failed");
        }
    }

    void byPolicy(String why) {
        if (doorman.open()) {
            end(Admitted.WITHOUT_SESSION, null);
        } else {
            end(null, new Denied(Denied.Reason.SESSION, "nobody is let in now: " + why));
        }
    }

    private void end(Admitted yes, Denied no) {
        Future<?> timer;
        synchronized (this) {
            attempt++;
            timer = timeout;
            timeout = null;
        }
        if (timer != null) {
            timer.cancel(false);
        }
        doorman.ended(this);
        if (no != null) {
            answer.completeExceptionally(no);
        } else {
            answer.complete(yes);
        }
    }

    synchronized void timeout(Future<?> timer) {
        if (answer.isDone()) {
            timer.cancel(false);
        } else {
            timeout = timer;
        }
    }

    /** The peer has left: whoever is asked may stop. */
    void cancel() {
        CompletionStage<Admitted> given;
        synchronized (this) {
            given = asked;
        }
        end(null, new Denied(Denied.Reason.SESSION, "the peer has left"));
        if (given != null) {
            try {
                given.toCompletableFuture().cancel(false);
            } catch (RuntimeException e) {
                doorman.failed(e);
            }
        }
    }
}

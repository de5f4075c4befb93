package io.sluice.triggers.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One handler is told of one event. Waits in its target's lane, runs, and ends once, whatever happens. Any thread. */
final class Call {
    enum End { ANSWERED, FAILED, TIMED_OUT, REFUSED, ABANDONED }

    private final Trigger trigger;
    private final boolean question;
    private final Consumer<Answer> counting;
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private final AtomicReference<End> end = new AtomicReference<>();
    /** Gone once it has ended: it stays in the list of deadlines a while longer. */
    private volatile Occurrence occurrence;
    private volatile CompletableFuture<String> running;

    /** @param text of the answer, or the configured default; null where there is neither */
    record Answer(End end, String text, String problem) {
    }

    /** @param counting is told how it ended, before anybody else */
    Call(Trigger trigger, Occurrence occurrence, boolean question, Consumer<Answer> counting) {
        this.trigger = trigger;
        this.counting = counting;
        this.occurrence = occurrence;
        this.question = question;
    }

    /** Completes with what counts; never exceptionally. */
    CompletableFuture<Answer> answer() {
        return answer;
    }

    Trigger trigger() {
        return trigger;
    }

    boolean ended() {
        return end.get() != null;
    }

    /**
     * Calls the handler.
     *
     * @param workers  on which the answer is dealt with, so that the handler's own threads are free at once
     * @param afterRun called once its place in the lane is free
     */
    void run(Handlers handlers, Executor workers, Runnable afterRun) {
        CompletableFuture<String> answering = called(handlers);
        answering.whenCompleteAsync((text, e) -> {
            if (e == null && text != null) {
                end(End.ANSWERED, text, "");
            } else {
                fail(e == null ? "the handler answered nothing" : words(e));
            }
            afterRun.run();
        }, workers);
        running = answering;
        if (ended()) {
            answering.cancel(true);
        }
    }

    private CompletableFuture<String> called(Handlers handlers) {
        Occurrence happened = occurrence;
        Handlers.Use use = null;
        try {
            use = handlers.use(trigger.config().handler());
            if (use == null || happened == null) {
                throw new IllegalStateException("there is no handler '" + trigger.config().handler() + "'");
            }
            CompletableFuture<String> answering = use.service().handle(happened.call(trigger.config(), question)).toCompletableFuture();
            Handlers.Use held = use;
            answering.whenComplete((text, e) -> held.close());
            return answering;
        } catch (RuntimeException | LinkageError e) {
            if (use != null) {
                use.close();
            }
            return CompletableFuture.failedFuture(e);
        }
    }

    private static String words(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }

    void fail(String problem) {
        end(End.FAILED, null, problem);
    }

    void refuse(String problem) {
        end(End.REFUSED, null, problem);
    }

    /** The time is over. */
    void expire() {
        end(End.TIMED_OUT, null, "no answer within " + trigger.config().timeoutMillis() + " ms");
        stop();
    }

    /** Nobody waits any more. */
    void abandon() {
        end(End.ABANDONED, null, "");
        stop();
    }

    private void stop() {
        CompletableFuture<String> now = running;
        if (now != null) {
            now.cancel(true);
        }
    }

    private void end(End how, String text, String problem) {
        Occurrence happened = occurrence;
        if (!end.compareAndSet(null, how)) {
            return;
        }
        occurrence = null;
        String configured = trigger.config().defaultAnswer();
        String counts = text != null ? text : configured.isEmpty() ? null : configured;
        Answer ended = new Answer(how, counts, problem);
        if (how != End.ANSWERED && how != End.ABANDONED) {
            trigger.failed(happened, how, problem);
        }
        counting.accept(ended);
        answer.complete(ended);
    }
}

package io.sluice.trigger.webhook.internal;

import io.sluice.api.net.Loops;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * One event on its way to one hook: after an error of the network, or an answer that says the server is out of order (5xx), it is tried again, a little later each time, until it
 * is answered or nobody waits any more.
 */
final class Delivery {
    private static final long FIRST_PAUSE_MILLIS = 100;

    private final HookClient client;
    private final Loops loops;
    private final Hook hook;
    private final HookRequest request;
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private volatile Future<?> running;

    Delivery(HookClient client, Loops loops, Hook hook, HookRequest request) {
        this.client = client;
        this.loops = loops;
        this.hook = hook;
        this.request = request;
        result.whenComplete((text, e) -> {
            if (result.isCancelled()) {
                stop();
            }
        });
    }

    CompletableFuture<String> start() {
        attempt(1);
        return result;
    }

    private void attempt(int number) {
        if (result.isDone()) {
            return;
        }
        CompletableFuture<HookAnswer> answer = client.post(request);
        follow(answer);
        answer.whenComplete((got, e) -> {
            if (e == null && got.ok()) {
                result.complete(got.text());
            } else if (number < hook.attempts() && !result.isDone() && (e == null ? got.status() >= 500 : HookClient.passing(e))) {
                later(number);
            } else {
                result.completeExceptionally(new IOException((e == null ? "it answered " + got.status() : HookClient.words(e)) + (number > 1 ? ", in attempt " + number : "")));
            }
        });
    }

    /** Twice as long each time, and not all hooks at the same moment. */
    private void later(int number) {
        long millis = FIRST_PAUSE_MILLIS << number - 1;
        try {
            follow(loops.next().schedule(() -> loops.workers().execute(() -> attempt(number + 1)), millis / 2 + ThreadLocalRandom.current().nextLong(millis), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException e) {
            result.completeExceptionally(new IOException("the server stops"));
        }
    }

    private void follow(Future<?> now) {
        running = now;
        if (result.isCancelled()) {
            stop();
        }
    }

    private void stop() {
        Future<?> now = running;
        if (now != null) {
            now.cancel(true);
        }
    }
}

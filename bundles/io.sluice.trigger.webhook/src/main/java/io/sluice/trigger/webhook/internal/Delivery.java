package io.sluice.trigger.webhook.internal;

import io.sluice.api.net.Loops;
import io.sluice.format.http.OutboundClient;
import io.sluice.format.http.OutboundReply;
import io.sluice.format.http.OutboundRequest;
import io.sluice.format.outbound.OutboundDenied;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * One event on its way to one hook: after an error of the network, or an answer that says the server is out of order (5xx), it is tried again, a little later each time, until it
 * is answered or nobody waits any more.
 */
final class Delivery {
    private static final long FIRST_PAUSE_MILLIS = 100;

    private final Supplier<OutboundClient> client;
    private final Loops loops;
    private final OutboundRequest request;
    private final int attempts;
    private final CompletableFuture<String> result = new CompletableFuture<>();
    private volatile Future<?> running;

    /** @param client the one to use now: it is replaced when the configuration changes */
    Delivery(Supplier<OutboundClient> client, Loops loops, OutboundRequest request, int attempts) {
        this.client = client;
        this.loops = loops;
        this.request = request;
        this.attempts = attempts;
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
        CompletableFuture<OutboundReply> answer = client.get().send(request, loops.workers());
        follow(answer);
        answer.whenComplete((reply, e) -> answered(number, reply, e));
    }

    private void answered(int number, OutboundReply reply, Throwable e) {
        String problem = problem(reply, e);
        if (problem.isEmpty()) {
            result.complete(new String(reply.body(), StandardCharsets.UTF_8));
        } else if (number < attempts && !result.isDone() && mayPass(reply, e)) {
            later(number);
        } else {
            result.completeExceptionally(new IOException(problem + (number > 1 ? ", in attempt " + number : "")));
        }
    }

    private static String problem(OutboundReply reply, Throwable e) {
        if (e != null) {
            return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        }
        if (reply.status() / 100 != 2) {
            return "it answered " + reply.status();
        }
        return reply.cut() ? "it answered more than " + Hook.MAX_BYTES + " bytes" : "";
    }

    /** What is worth another attempt. */
    private static boolean mayPass(OutboundReply reply, Throwable e) {
        return e != null ? !(e instanceof OutboundDenied) : reply.status() / 100 == 5;
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

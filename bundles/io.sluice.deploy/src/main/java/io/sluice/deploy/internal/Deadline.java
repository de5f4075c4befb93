package io.sluice.deploy.internal;

import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs a bundle's code on a thread of its own, for as long as it may take and no longer. The thread is new each time: nothing that the code
 * leaves in it (a context class loader, a thread-local) outlives the call.
 */
final class Deadline {
    private final long millis;

    Deadline(long millis) {
        this.millis = millis;
    }

    /** @return what the call answers; a Refusal or other exception of the call comes through
     *  @throws Refusal when time is over: says where the code hangs; its thread was interrupted and is then left to itself */
    <T> T call(String what, Callable<T> call, Runnable late) throws Exception {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = new Thread(() -> run(call, answer, late), "sluice-deploy-" + what.replace(' ', '-'));
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(millis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Refusal hang = new Refusal(what + " did not return within " + millis + " ms; it hangs at " + where(thread));
            if (answer.completeExceptionally(hang)) {
                thread.interrupt();
                throw hang;
            }
            return answer.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception x ? x : new IllegalStateException(e.getCause().toString());
        }
    }

    private static <T> void run(Callable<T> call, CompletableFuture<T> answer, Runnable late) {
        try {
            T value = call.call();
            if (!answer.complete(value)) {
                late.run();
            }
        } catch (Throwable e) {
            if (!answer.completeExceptionally(e)) {
                late.run();
            }
        }
    }

    /** The innermost frames that are neither the JDK's nor ours, or the innermost three. */
    private static String where(Thread thread) {
        StackTraceElement[] stack = thread.getStackTrace();
        String own = Arrays.stream(stack).filter(f -> !foreign(f.getClassName())).limit(2).map(Object::toString).collect(Collectors.joining(" ← "));
        return own.isEmpty() ? Arrays.stream(stack).limit(3).map(Object::toString).collect(Collectors.joining(" ← ")) : own;
    }

    private static boolean foreign(String name) {
        return name.startsWith("java.") || name.startsWith("jdk.") || name.startsWith("org.apache.felix.") || name.startsWith("io.sluice.deploy.");
    }
}

package io.sluice.streams.internal.gate;

import io.sluice.streams.internal.media.Clock;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Looks host names up on the workers and keeps the answers for a while. From any thread. */
final class HostNames {
    private static final long KEEP_NANOS = 60_000_000_000L;

    private final Executor workers;
    private final Clock clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>(); // only names that are configured come here, so it stays small

    private record Answer(CompletableFuture<List<InetAddress>> addresses, long atNanos) {
    }

    HostNames(Executor workers, Clock clock) {
        this.workers = workers;
        this.clock = clock;
    }

    /** Empty where there is no such host. */
    CompletableFuture<List<InetAddress>> find(String host) {
        return answers.compute(host, (h, old) -> old != null && clock.nanos() - old.atNanos < KEEP_NANOS ? old
            : new Answer(CompletableFuture.supplyAsync(() -> resolve(h), workers), clock.nanos())).addresses;
    }

    private static List<InetAddress> resolve(String host) {
        try {
            return List.of(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}

package io.sluice.streams.internal.output;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.push.Output;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.api.stream.Denied;
import io.sluice.streams.internal.InTurn;
import io.sluice.streams.internal.gate.StreamName;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All pushes that run. They stay over engines and their plugins' versions, and end with the server. From any thread. */
public final class Pushes implements Plugins.Listener<PushTarget>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pushes.class);
    /** Each has buffers of half a megabyte and more. */
    private static final int MOST = 2000;
    /** For all together to end in order, when their plugin goes or the server stops. */
    private static final long CLOSE_SECONDS = 8;

    private final Means means;
    private final Departure departure;
    private final PushThreads threads = new PushThreads();
    private final Map<String, Run> listed = new ConcurrentHashMap<>();
    private final Map<String, Run> byTarget = new ConcurrentHashMap<>();
    private final Map<Run, String> keys = new ConcurrentHashMap<>();
    private final List<Consumer<Output>> listeners = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final InTurn telling;
    private volatile boolean stopping;

    public Pushes(Means means) {
        this.means = means;
        departure = new Departure(means);
        telling = new InTurn(means.loops().workers());
    }

    // ---- what the engine asks

    CompletableFuture<Output> start(OutputRequest asked) {
        OutputRequest request;
        try {
            request = new OutputRequest(StreamName.of(asked.stream()), asked.target(), asked.entry());
            refuse();
            departure.read(request.target());
        } catch (Denied | IllegalArgumentException no) {
            return CompletableFuture.failedFuture(no);
        }
        Run run = new Run(id(), request, means, this, threads);
        departure.settle(request, run.loop()).whenComplete((to, no) -> run.execute(() -> {
            if (no != null) {
                run.opened().completeExceptionally(Departure.cause(no));
            } else {
                begin(run, to);
            }
        }));
        return run.opened();
    }

    private void refuse() {
        if (stopping) {
            throw new Denied(Denied.Reason.STOPPING, "the server is stopping");
        }
        if (listed.size() >= MOST) {
            throw new Denied(Denied.Reason.LIMIT, MOST + " pushes are running, more are not allowed");
        }
        if (threads.isFull()) {
            throw new Denied(Denied.Reason.LIMIT, PushThreads.MOST + " pushes wait for disks or other things that block: no thread is left for another");
        }
    }

    /** Unique over restarts, as long as the wall clock goes on. */
    private String id() {
        return Long.toString(ids.updateAndGet(last -> Math.max(last + 1, means.clock().millis())));
    }

    /** Takes the place that this target has, or the push that has it. */
    private void begin(Run run, Destination to) {
        String key = run.stream() + " " + to.expanded();
        Run there = byTarget.putIfAbsent(key, run);
        if (there == null) {
            keys.put(run, key);
            listed.put(run.id(), run);
            run.begin(to);
            if (stopping) {
                run.stop("the server is stopping");
            }
        } else if (there.isLeaving()) {
            there.over().thenRun(() -> run.execute(() -> begin(run, to)));
        } else {
            there.opened().whenComplete((output, no) -> {
                if (no != null) {
                    run.opened().completeExceptionally(no);
                } else {
                    run.opened().complete(there.report());
                }
            });
        }
    }

    boolean stop(String id, String reason) {
        Run run = listed.get(id);
        if (run != null) {
            run.stop(reason);
        }
        return run != null;
    }

    List<Output> list() {
        return listed.values().stream().map(Run::report).sorted((a, b) -> Long.compare(Long.parseLong(a.id()), Long.parseLong(b.id()))).toList();
    }

    /** @return ends it */
    Runnable listen(Consumer<Output> changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    String problem(String target) {
        return departure.problem(target);
    }

    // ---- what runs tell

    void tell(Run run) {
        Output now = run.report();
        try {
            telling.execute(() -> listeners.forEach(l -> tell(l, now)));
        } catch (RejectedExecutionException e) {
            LOG.warn("the workers take nothing more; the engine of pushes is not told of push {}", run.id());
        }
    }

    private static void tell(Consumer<Output> listener, Output now) {
        try {
            listener.accept(now);
        } catch (RuntimeException | LinkageError e) {
            LOG.error("the engine of pushes failed at what becomes of push {}", now.id(), e);
        }
    }

    /** It has ended. */
    void over(Run run) {
        String key = keys.remove(run);
        if (key != null) {
            listed.remove(run.id());
            byTarget.remove(key, run);
            tell(run);
            run.tellEnd();
        }
    }

    // ---- the core's

    /** Several times a second. */
    public void tick() {
        listed.values().forEach(Run::tick);
    }

    @Override
    public void elected(String name, Plugin<PushTarget> before, Plugin<PushTarget> now) {
        means.targets().elected(name, before, now);
        if (now == null) {
            end(listed.values().stream().filter(r -> r.plugin() == before).toList(), "the plugin for " + name + ": goes away");
        }
    }

    /** In order, and waits for that; off the loops. @return those that have not ended within the time */
    private List<Run> end(List<Run> runs, String reason) {
        runs.forEach(r -> r.stop(reason));
        try {
            CompletableFuture.allOf(runs.stream().map(Run::over).toArray(CompletableFuture[]::new)).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            LOG.warn("{} pushes have not ended within {} s", runs.stream().filter(r -> !r.over().isDone()).count(), CLOSE_SECONDS);
        } catch (ExecutionException e) {
            LOG.error("a push failed at its end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return runs.stream().filter(r -> !r.over().isDone()).toList();
    }

    /** Before the streams end. */
    @Override
    public void close() {
        stopping = true;
        end(List.copyOf(listed.values()), "the server is stopping").forEach(r -> r.giveUp("the server stopped before it was finished"));
        threads.close();
    }
}

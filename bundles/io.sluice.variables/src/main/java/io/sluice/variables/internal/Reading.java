package io.sluice.variables.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.variable.VariableRequest;
import io.sluice.api.variable.VariableSource;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One reading of one variable: begins on a worker, ends wherever its source ends it, or is given up on the engine's thread. */
final class Reading implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Reading.class);
    final Slot slot;
    final VariableRequest request;
    final Plugin<VariableSource> plugin;
    final long dueNanos;
    private final boolean watches;
    private final Engine engine;
    private final AutoCloseable use;
    private final AtomicBoolean over = new AtomicBoolean();
    private volatile CompletionStage<String> stage;
    private volatile long startedNanos;

    /** @param watches whether to ask the source for a watch as well */
    Reading(Engine engine, Slot slot, VariableRequest request, Plugin<VariableSource> plugin, boolean watches) {
        this.engine = engine;
        this.slot = slot;
        this.request = request;
        this.plugin = plugin;
        this.dueNanos = slot.dueNanos();
        this.watches = watches;
        this.use = plugin.use();
    }

    @Override
    public void run() {
        if (over.get()) {
            return;
        }
        startedNanos = engine.clock().nanos();
        engine.delays().add(startedNanos - dueNanos);
        try {
            VariableSource source = plugin.service();
            if (watches) {
                watch(source);
            }
            String problem = source.problem(request);
            if (!problem.isEmpty()) {
                end(null, problem);
                return;
            }
            stage = source.read(request);
            stage.whenComplete((value, failure) -> end(value, failure == null ? value == null ? "the source gave nothing" : "" : Text.reason(failure)));
            if (over.get()) {
                cancelStage();
            }
        } catch (RuntimeException | Error e) {
            end(null, Text.reason(e));
        }
    }

    private void watch(VariableSource source) {
        AutoCloseable watchUse = plugin.use();
        AutoCloseable handle = null;
        try {
            handle = source.watch(request, new Poke(engine, slot, request));
        } finally {
            if (handle == null) {
                Watch.quietly(watchUse, "the use of " + plugin.bundle());
            }
        }
        if (handle != null) {
            engine.watching(slot, new Watch(request, plugin, handle, watchUse));
        }
    }

    /** What a source calls that watches. Holds no reading. */
    private record Poke(Engine engine, Slot slot, VariableRequest request) implements Runnable {
        @Override
        public void run() {
            engine.changed(slot, request);
        }
    }

    private void end(String value, String error) {
        if (over.compareAndSet(false, true)) {
            Watch.quietly(use, "the use of " + plugin.bundle());
            engine.finished(this, value, error, millis());
        }
    }

    /** From here on nothing of it is heard. @return false when it has ended already; else {@link #abandon} is to follow */
    boolean giveUp() {
        return over.compareAndSet(false, true);
    }

    /** Ends what the source does for it; runs the source's code. */
    void abandon() {
        cancelStage();
        Watch.quietly(use, "the use of " + plugin.bundle());
    }

    private void cancelStage() {
        CompletionStage<String> running = stage;
        if (running != null) {
            try {
                running.toCompletableFuture().cancel(true);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("the source {} cannot be cancelled: {}", plugin.bundle(), e.toString());
            }
        }
    }

    /** How long it took so far. */
    long millis() {
        return startedNanos == 0 ? 0 : (engine.clock().nanos() - startedNanos) / 1_000_000;
    }
}

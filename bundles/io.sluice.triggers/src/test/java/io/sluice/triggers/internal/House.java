package io.sluice.triggers.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerCall;
import io.sluice.api.trigger.TriggerCounts;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerHandler;
import io.sluice.api.trigger.TriggerReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The engine on one loop and real workers, with handlers that a test writes. */
final class House implements AutoCloseable, Loops {
    final Handlers handlers = new Handlers();
    final ExecutorService workers = Executors.newFixedThreadPool(4);
    final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    final Audience audience = new Audience(workers, 3);
    final TriggerEngine engine;
    private final List<TriggerConfig> configs = new ArrayList<>();

    House() {
        this(new Settings(2, 3, 3));
    }

    House(Settings settings) {
        engine = new TriggerEngine(this, handlers, audience, settings);
    }

    /** A version of a handler, elected. @return how many calls hold it */
    AtomicInteger handler(String name, Function<TriggerCall, CompletionStage<String>> does) {
        AtomicInteger uses = new AtomicInteger();
        TriggerHandler handler = does::apply;
        handlers.elected(name, null, new Plugin<>() {
            @Override
            public TriggerHandler service() {
                return handler;
            }

            @Override
            public String name() {
                return name;
            }

            @Override
            public Map<String, Object> properties() {
                return Map.of();
            }

            @Override
            public String bundle() {
                return name + " 1";
            }

            @Override
            public AutoCloseable use() {
                uses.incrementAndGet();
                return uses::decrementAndGet;
            }
        });
        return uses;
    }

    AtomicInteger says(String name, String answer) {
        return handler(name, call -> CompletableFuture.completedFuture(answer));
    }

    static Draft trigger(String id, String type, String handler) {
        return new Draft(id, type, handler);
    }

    House with(Draft... drafts) {
        for (Draft draft : drafts) {
            configs.add(draft.config());
        }
        engine.configured(configs);
        return this;
    }

    House without(String id) {
        configs.removeIf(c -> c.id().equals(id));
        engine.configured(configs);
        return this;
    }

    TriggerAnswer ask(TriggerEvent event) throws Exception {
        return engine.ask(event).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    static TriggerEvent userNew(String stream) {
        return TriggerEvent.of("USER_NEW", stream, "stream", stream, "address", "192.0.2.1", "token", "t", "protocol", "HLS", "url", "http://h/", "session", "5");
    }

    TriggerReport report(String id) {
        return engine.list().stream().filter(r -> r.id().equals(id)).findFirst().orElseThrow();
    }

    TriggerCounts counts(String id) {
        return report(id).counts();
    }

    @Override
    public ScheduledExecutorService next() {
        return loop;
    }

    @Override
    public Executor workers() {
        return workers;
    }

    @Override
    public void close() {
        engine.close();
        workers.shutdownNow();
        loop.shutdownNow();
    }
}

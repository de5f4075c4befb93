package io.sluice.streams.internal.output;

import io.sluice.api.net.Loops;
import io.sluice.api.push.Output;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushEngine;
import io.sluice.streams.internal.Engagement;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The pushes as one version of the engine has them while it is elected; after that they are no more its. From any thread. */
public final class Stint implements Outputs, AutoCloseable {
    private static final Engagement.Office OFFICE = new Engagement.Office(PushEngine.NAME, "io.sluice.pushes", "decides what is pushed", "start pushes");

    private final Pushes pushes;
    private final List<Runnable> listening = new CopyOnWriteArrayList<>();
    private volatile boolean over;
    private AutoCloseable work;

    private Stint(Pushes pushes) {
        this.pushes = pushes;
    }

    /** Lets elected engines work. */
    public static Engagement<PushEngine, Stint> of(Pushes pushes, Loops loops) {
        return new Engagement<>(OFFICE, loops, engine -> {
            Stint stint = new Stint(pushes);
            stint.begin(engine);
            return stint;
        }, () -> { });
    }

    private void begin(PushEngine engine) {
        try {
            work = Objects.requireNonNull(engine.begin(this), "begin answered null");
        } finally {
            if (work == null) {
                end();
            }
        }
    }

    @Override
    public CompletionStage<Output> start(OutputRequest request) {
        return over ? CompletableFuture.failedFuture(new IllegalArgumentException("another version of the engine of pushes has taken over")) : pushes.start(request);
    }

    @Override
    public boolean stop(String id, String reason) {
        return !over && pushes.stop(id, reason);
    }

    @Override
    public List<Output> list() {
        return pushes.list();
    }

    @Override
    public AutoCloseable listen(Consumer<Output> changed) {
        Runnable closing = pushes.listen(output -> {
            if (!over) {
                changed.accept(output);
            }
        });
        listening.add(closing);
        return closing::run;
    }

    @Override
    public String problem(String target) {
        return pushes.problem(target);
    }

    @Override
    public void close() throws Exception {
        try {
            work.close();
        } finally {
            end();
        }
    }

    private void end() {
        over = true;
        listening.forEach(Runnable::run);
    }
}

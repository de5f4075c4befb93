package io.sluice.pushes.internal.run;

import io.sluice.api.push.Output;
import io.sluice.api.push.Output.State;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.Outputs;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The core's pushes as the contract has them, and a record of what was asked of them. */
final class FakeOutputs implements Outputs {
    final List<String> asked = new ArrayList<>();
    final Map<String, Output> running = new LinkedHashMap<>();
    final Map<String, CompletableFuture<Output>> opening = new LinkedHashMap<>();
    private final List<Consumer<Output>> listeners = new CopyOnWriteArrayList<>();
    private final LongSupplier millis;
    /** Answers come when the test says so. */
    boolean slow;
    /** Stops end when the test says so. */
    boolean slowStop;
    RuntimeException refusal;
    private int ids;

    FakeOutputs(LongSupplier millis) {
        this.millis = millis;
    }

    private Output output(String id, OutputRequest r, State state, String reason, boolean failed) {
        return new Output(id, r.entry(), r.stream(), r.target(), r.target(), state, reason, failed, millis.getAsLong(), 0, 0, List.of(), 0, 0, 0, 0, 0, 0, List.of());
    }

    private Output as(Output o, State state, String reason, boolean failed) {
        Output next = new Output(o.id(), o.entry(), o.stream(), o.target(), o.actual(), state, reason, failed, o.sinceMillis(), 0, 0, List.of(), 0, 0, 0, 0, 0, 0, List.of());
        if (state == State.ENDED) {
            running.remove(o.id());
        } else {
            running.put(o.id(), next);
        }
        listeners.forEach(l -> l.accept(next));
        return next;
    }

    @Override
    public CompletionStage<Output> start(OutputRequest request) {
        asked.add("start " + request.stream() + " " + request.target());
        Output twin = running.values().stream().filter(o -> o.stream().equals(request.stream()) && o.target().equals(request.target()) && o.state() != State.STOPPING).findFirst().orElse(null);
        if (twin != null) {
            return CompletableFuture.completedFuture(twin);
        }
        if (refusal != null) {
            return CompletableFuture.failedFuture(refusal);
        }
        Output o = as(output("p" + ++ids, request, State.STARTING, "", false), State.STARTING, "", false);
        CompletableFuture<Output> answer = new CompletableFuture<>();
        opening.put(o.id(), answer);
        if (!slow) {
            open(o.id());
        }
        return answer;
    }

    void open(String id) {
        opening.remove(id).complete(as(running.get(id), State.RUNNING, "", false));
    }

    /** One that is there before the engine. */
    void preset(String id, OutputRequest request) {
        running.put(id, output(id, request, State.RUNNING, "", false));
    }

    void end(String id, String problem) {
        Output o = running.get(id);
        CompletableFuture<Output> answer = opening.remove(id);
        as(o, State.ENDED, problem.isEmpty() ? o.reason() : problem, !problem.isEmpty());
        if (answer != null) {
            answer.completeExceptionally(new IllegalStateException(problem.isEmpty() ? "it was stopped" : problem));
        }
    }

    @Override
    public boolean stop(String id, String reason) {
        Output o = running.get(id);
        if (o == null) {
            return false;
        }
        asked.add("stop " + o.stream() + " " + o.target() + ": " + reason);
        as(o, State.STOPPING, reason, false);
        if (!slowStop) {
            end(id, "");
        }
        return true;
    }

    @Override
    public List<Output> list() {
        return List.copyOf(running.values());
    }

    @Override
    public AutoCloseable listen(Consumer<Output> changed) {
        listeners.add(changed);
        return () -> listeners.remove(changed);
    }

    @Override
    public String problem(String target) {
        return "";
    }
}

package io.sluice.streams.internal;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.push.Output;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushEngine;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

/** An engine of pushes of the tests: starts what it is told, and remembers what it hears. */
final class Director implements PushEngine {
    final List<Output> heard = new CopyOnWriteArrayList<>();
    volatile Outputs outputs;
    volatile boolean closed;

    @Override
    public AutoCloseable begin(Outputs given) {
        outputs = given;
        given.listen(heard::add);
        return () -> closed = true;
    }

    /** Elected as the engine's own bundle. */
    static Director of(House house) {
        Director director = new Director();
        house.plugins.elect(PushEngine.class, PushEngine.NAME, "io.sluice.pushes", director);
        Await.until(() -> director.outputs != null, () -> "the engine begins");
        return director;
    }

    CompletableFuture<Output> start(String stream, String target) {
        return outputs.start(new OutputRequest(stream, target, "entry")).toCompletableFuture();
    }

    /** Why it cannot be. */
    String refused(String stream, String target) {
        return assertThrows(CompletionException.class, () -> start(stream, target).join()).getCause().getMessage();
    }

    List<Output.State> states(String id) {
        return heard.stream().filter(o -> o.id().equals(id)).map(Output::state).toList();
    }

    /** Until it was told just these: it is told on a thread of the core's. */
    void awaitStates(String id, Output.State... states) {
        Await.until(() -> states(id).equals(List.of(states)), () -> "push " + id + " is " + states(id));
    }

    /** Until this push is over. */
    Output ended(String id) {
        Await.until(() -> states(id).contains(Output.State.ENDED), () -> "push " + id + " is " + states(id));
        return heard.stream().filter(o -> o.id().equals(id) && o.state() == Output.State.ENDED).findFirst().orElseThrow();
    }
}

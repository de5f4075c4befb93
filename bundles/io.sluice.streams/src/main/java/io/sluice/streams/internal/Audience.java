package io.sluice.streams.internal;

import io.sluice.api.stream.Denied;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Who watches a stream, and who waits for its first key frame. At the stream's home, but for {@link #count} and {@link #left}. */
final class Audience {
    private final LiveStream stream;
    private final AtomicInteger inAll;
    private final AtomicInteger count = new AtomicInteger();
    private final List<Waiter> waiting = new ArrayList<>();

    private record Waiter(Runnable admitted, Consumer<Denied> denied, long untilNanos) {
    }

    /** @param inAll counts the viewers of all streams */
    Audience(LiveStream stream, AtomicInteger inAll) {
        this.stream = stream;
        this.inAll = inAll;
    }

    /** From any thread. */
    int count() {
        return count.get();
    }

    /** From any thread: a viewer less. */
    void left() {
        count.decrementAndGet();
        inAll.decrementAndGet();
    }

    boolean isEmpty() {
        return count.get() == 0 && waiting.isEmpty();
    }

    void enter(Runnable admitted, Consumer<Denied> denied) {
        int limit = stream.config().maxViewers();
        if (limit > 0 && count.get() >= limit) {
            denied.accept(new Denied(Denied.Reason.LIMIT, stream.name() + " has its " + limit + " viewers, more are not allowed"));
            return;
        }
        count.incrementAndGet();
        inAll.incrementAndGet();
        admitted.run();
    }

    void await(Runnable admitted, Consumer<Denied> denied, long untilNanos) {
        waiting.add(new Waiter(admitted, denied, untilNanos));
    }

    /** Media has come. */
    void enterAll() {
        List<Waiter> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(w -> enter(w.admitted, w.denied));
    }

    /** Those whose time is up go. */
    void expire(long nowNanos, Denied no) {
        List<Waiter> late = waiting.stream().filter(w -> nowNanos - w.untilNanos >= 0).toList();
        waiting.removeAll(late);
        late.forEach(w -> w.denied.accept(no));
    }

    /** All who wait go. */
    void dismiss(Denied no) {
        List<Waiter> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(w -> w.denied.accept(no));
    }
}

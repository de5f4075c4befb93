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
    private final Runnable changed;
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicInteger pushes = new AtomicInteger();
    private final List<Waiter> waiting = new ArrayList<>();

    private record Waiter(Guest guest, Runnable admitted, Consumer<Denied> denied, long untilNanos) {
    }

    /**
     * @param inAll   counts the viewers of all streams
     * @param changed told when their number has changed
     */
    Audience(LiveStream stream, AtomicInteger inAll, Runnable changed) {
        this.stream = stream;
        this.inAll = inAll;
        this.changed = changed;
    }

    /** Viewers. From any thread. */
    int count() {
        return count.get();
    }

    /** From any thread: one less. */
    void left(Guest guest) {
        if (guest == Guest.PUSH) {
            pushes.decrementAndGet();
            return;
        }
        count.decrementAndGet();
        inAll.decrementAndGet();
        changed.run();
    }

    boolean isEmpty() {
        return count.get() == 0 && pushes.get() == 0 && waiting.isEmpty();
    }

    void enter(Guest guest, Runnable admitted, Consumer<Denied> denied) {
        if (guest == Guest.PUSH) {
            pushes.incrementAndGet();
            admitted.run();
            return;
        }
        int limit = stream.config().maxViewers();
        if (limit > 0 && count.get() >= limit) {
            denied.accept(new Denied(Denied.Reason.LIMIT, stream.name() + " has its " + limit + " viewers, more are not allowed"));
            return;
        }
        count.incrementAndGet();
        inAll.incrementAndGet();
        changed.run();
        admitted.run();
    }

    void await(Guest guest, Runnable admitted, Consumer<Denied> denied, long untilNanos) {
        waiting.add(new Waiter(guest, admitted, denied, untilNanos));
    }

    /** Media has come. */
    void enterAll() {
        List<Waiter> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(w -> enter(w.guest, w.admitted, w.denied));
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

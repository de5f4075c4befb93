package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.Map;
import java.util.function.Consumer;

/** A viewer that the gate let in, whichever version of a plugin holds its reader. On its connection's loop. */
final class Admission {
    final long id;
    final LiveStream stream;
    final Connection owner;
    final CountedVisit visit;
    final String label;
    private final Map<Long, Admission> handed;
    private final Runnable closed;
    private final Consumer<String> ending = this::end;
    private boolean over;
    /** The reader that is used now; the loop's own. */
    private ReaderLease lease;

    /**
     * @param handed those that a handle was given for, by number
     * @param closed told once when it is over
     */
    Admission(long id, LiveStream stream, Connection owner, CountedVisit visit, String label, Map<Long, Admission> handed, Runnable closed) {
        this.id = id;
        this.stream = stream;
        this.owner = owner;
        this.visit = visit;
        this.label = label;
        this.handed = handed;
        this.closed = closed;
        visit.add(ending);
    }

    /** On the loop: this reader is the valid one from here on. @return the one before, or null */
    ReaderLease hold(ReaderLease now) {
        ReaderLease before = lease;
        lease = now;
        return before == now ? null : before;
    }

    ReaderLease lease() {
        return lease;
    }

    boolean isOver() {
        return over;
    }

    Handle handle() {
        if (!over) {
            handed.put(id, this);
        }
        return new Handle(id);
    }

    /** On the loop: the visit is ended. */
    private void end(String reason) {
        if (lease != null && !over) {
            lease.end(reason);
        }
    }

    /** On the loop; the second time nothing. */
    void close() {
        if (over) {
            return;
        }
        over = true;
        handed.remove(id);
        visit.remove(ending);
        if (lease != null) {
            lease.release();
        }
        closed.run();
    }
}

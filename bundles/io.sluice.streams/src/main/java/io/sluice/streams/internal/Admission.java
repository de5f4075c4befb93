package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A viewer that the gate let in: counted once, whichever version of a plugin holds its reader. */
final class Admission {
    final long id;
    final LiveStream stream;
    final Connection owner;
    final String label;
    private final Consumer<Admission> closed;
    private final AtomicBoolean over = new AtomicBoolean();
    /** The reader that is used now; the loop's own. */
    private ReaderLease lease;

    Admission(long id, LiveStream stream, Connection owner, String label, Consumer<Admission> closed) {
        this.id = id;
        this.stream = stream;
        this.owner = owner;
        this.label = label;
        this.closed = closed;
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
        return over.get();
    }

    /** From any thread; the second time nothing. */
    void close() {
        if (over.compareAndSet(false, true)) {
            closed.accept(this);
            stream.left();
            owner.loop().execute(() -> {
                if (lease != null) {
                    lease.release();
                }
            });
        }
    }
}

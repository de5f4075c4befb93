package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import java.util.concurrent.Executor;
import io.sluice.streams.internal.visit.CountedVisit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who publishes a stream: a connection or a pulled source. Used at the stream's home, which is this one's loop while it publishes. */
final class Ingest {
    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    final long id;
    final LiveStream stream;
    /** Null for a pulled source. */
    final Connection owner;
    final Executor loop;
    final CountedVisit visit;
    /** Protocol and address, or the source. */
    final String label;
    final long sinceMillis;
    long lastWriteNanos;
    long frames;
    private final Consumer<String> ending = this::cut;
    private String ended;
    private Consumer<String> onEnd;
    private PublisherLease lease;

    Ingest(long id, LiveStream stream, Connection owner, Executor loop, CountedVisit visit, String label, long sinceMillis) {
        this.id = id;
        this.stream = stream;
        this.owner = owner;
        this.loop = loop;
        this.visit = visit;
        this.label = label;
        this.sinceMillis = sinceMillis;
    }

    /** From here on the end of its visit is its end. On the connection's loop. */
    void mayBeEnded() {
        visit.add(ending);
    }

    /** It has nothing to do with its visit any more. On the connection's loop. */
    void release() {
        visit.remove(ending);
    }

    private void cut(String reason) {
        stream.home().execute(() -> stream.leave(this, reason));
    }

    boolean isEnded() {
        return ended != null;
    }

    /** The lease that is used now is the valid one; what the one before had registered is forgotten. */
    boolean held(PublisherLease by) {
        if (lease != by) {
            if (lease != null && lease.number > by.number) {
                return false;
            }
            lease = by;
            onEnd = null;
        }
        return ended == null;
    }

    void onEnd(Consumer<String> reason) {
        onEnd = reason;
    }

    void end(String reason) {
        if (ended != null) {
            return;
        }
        ended = reason;
        Consumer<String> told = onEnd;
        onEnd = null;
        if (told != null) {
            try {
                told.accept(reason);
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{}: the publisher {} failed at being ended", stream.name(), label, e);
            }
        }
    }
}

package io.sluice.streams.internal.visit;

import io.sluice.api.net.Connection;
import io.sluice.api.net.Snapshot;
import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Visit;
import io.sluice.api.session.Visits;
import io.sluice.streams.internal.media.Clock;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** All visits: those that are there, and sums of those that were. It outlives every engine. From any thread. */
public final class Ledger implements Visits {
    /** Some 300 bytes each with the texts that differ: 60 MB after a very long absence of the engine. */
    private static final int MOST_CLOSED = 200_000;

    private final Clock clock;
    private final int mostClosed;
    private final AtomicLong ids = new AtomicLong();
    private final Words words = new Words();
    private final Set<CountedVisit> live = ConcurrentHashMap.newKeySet();
    private final Map<Fold, ClosedVisit> closed = new ConcurrentHashMap<>();
    private volatile Snapshot kept;

    public Ledger(Clock clock) {
        this(clock, MOST_CLOSED);
    }

    Ledger(Clock clock, int mostClosed) {
        this.clock = clock;
        this.mostClosed = mostClosed;
    }

    /** A connection's. @param asked the words that it began with, or null where each request may differ */
    CountedVisit open(ConnectionFacts facts, Asked asked, Connection connection) {
        return add(new CountedVisit(ids.incrementAndGet(), facts, asked, connection.loop(), this));
    }

    /** Of what has no connection and asks nobody: a pulled source. @param loop where its end is told */
    public CountedVisit open(ConnectionFacts facts, Executor loop) {
        CountedVisit visit = new CountedVisit(ids.incrementAndGet(), facts, null, loop, this);
        visit.admit(Admitted.WITHOUT_SESSION);
        return add(visit);
    }

    private CountedVisit add(CountedVisit visit) {
        live.add(visit);
        return visit;
    }

    /** Its connection is gone; the second time nothing. On its loop. */
    public void close(CountedVisit visit) {
        if (live.remove(visit)) {
            visit.closed(clock.millis());
            add(visit, visit.counters());
        }
    }

    /** Bytes that the kernel took after the visit was closed. */
    void late(CountedVisit visit, long in, long out) {
        add(visit, Counters.late(clock.millis(), in, out));
    }

    private void add(CountedVisit visit, Counters counters) {
        Fold fold = Fold.of(visit);
        boolean full = closed.size() >= mostClosed && !closed.containsKey(fold);
        Fold key = full ? fold.coarse() : fold;
        closed.compute(key, (k, there) -> there == null ? new ClosedVisit(visit.id(), key, key.facts(visit), counters) : there.plus(counters));
    }

    /** Those that are there and concern this stream. */
    public Stream<CountedVisit> of(String stream) {
        return live.stream().filter(v -> v.facts().stream().equals(stream));
    }

    Clock clock() {
        return clock;
    }

    Words words() {
        return words;
    }

    @Override
    public Collection<Visit> live() {
        return Collections.unmodifiableCollection(live);
    }

    @Override
    public Collection<Visit> closed() {
        return Collections.unmodifiableCollection(closed.values());
    }

    @Override
    public void forget(Visit gone, long bytesIn, long bytesOut) {
        if (!(gone instanceof ClosedVisit sum)) {
            return;
        }
        closed.computeIfPresent(sum.fold(), (k, now) -> now.id() == gone.id() && now.bytesIn() == bytesIn && now.bytesOut() == bytesOut
            && now.endedMillis() == gone.endedMillis() ? null : now);
    }

    @Override
    public void keep(Snapshot state) {
        kept = state;
    }

    @Override
    public Snapshot kept() {
        return kept;
    }
}

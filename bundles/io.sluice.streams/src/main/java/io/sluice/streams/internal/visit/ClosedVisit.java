package io.sluice.streams.internal.visit;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Visit;
import java.util.Set;

/** Visits whose connections are gone, added up. Immutable: one to which something is added is another object. */
record ClosedVisit(long id, Fold fold, ConnectionFacts facts, Counters counters) implements Visit {
    ClosedVisit plus(Counters more) {
        return new ClosedVisit(id, fold, facts, counters.plus(more));
    }

    @Override
    public long sinceMillis() {
        return counters.sinceMillis();
    }

    @Override
    public long endedMillis() {
        return counters.endedMillis();
    }

    @Override
    public long activeMillis() {
        return counters.activeMillis();
    }

    @Override
    public long bytesIn() {
        return counters.bytesIn();
    }

    @Override
    public long bytesOut() {
        return counters.bytesOut();
    }

    @Override
    public long packets() {
        return counters.packets();
    }

    @Override
    public long packetsLost() {
        return counters.packetsLost();
    }

    @Override
    public long packetsRetransmitted() {
        return counters.packetsRetransmitted();
    }

    @Override
    public long positionMillis() {
        return counters.positionMillis();
    }

    @Override
    public boolean admitted() {
        return counters.admitted();
    }

    @Override
    public Set<String> tags() {
        return counters.tags();
    }

    /** Nobody is there any more to carry it. */
    @Override
    public boolean tag(String tag) {
        return false;
    }

    @Override
    public void untag(String tag) {
        // nor to lose it
    }

    @Override
    public void end(String reason) {
        // it has ended
    }
}

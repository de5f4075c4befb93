package io.sluice.sessions.internal;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Visit;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** A visit of a ledger. */
final class Guest implements Visit {
    final long id;
    final ConnectionFacts facts;
    final long since;
    final Set<String> tags = new ConcurrentSkipListSet<>();
    volatile long ended;
    volatile long active;
    volatile long in;
    volatile long out;
    volatile boolean admitted;
    volatile String session = "";
    volatile String endReason;

    Guest(long id, ConnectionFacts facts, long now) {
        this.id = id;
        this.facts = facts;
        this.since = now;
        this.active = now;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public ConnectionFacts facts() {
        return facts;
    }

    @Override
    public long sinceMillis() {
        return since;
    }

    @Override
    public long endedMillis() {
        return ended;
    }

    @Override
    public long activeMillis() {
        return active;
    }

    @Override
    public long bytesIn() {
        return in;
    }

    @Override
    public long bytesOut() {
        return out;
    }

    @Override
    public long packets() {
        return out / 1000;
    }

    @Override
    public long packetsLost() {
        return 0;
    }

    @Override
    public long packetsRetransmitted() {
        return 0;
    }

    @Override
    public long positionMillis() {
        return active;
    }

    @Override
    public boolean admitted() {
        return admitted;
    }

    @Override
    public Set<String> tags() {
        return tags;
    }

    @Override
    public boolean tag(String tag) {
        return tags.add(tag);
    }

    @Override
    public void untag(String tag) {
        tags.remove(tag);
    }

    @Override
    public void end(String reason) {
        endReason = reason;
    }
}

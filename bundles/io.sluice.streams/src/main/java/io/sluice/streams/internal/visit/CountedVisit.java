package io.sluice.streams.internal.visit;

import io.sluice.api.net.Account;
import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Visit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.function.Consumer;

/**
 * One connection under one set of facts. Counted by one thread, its loop, without a lock; read by any. What belongs to the gate (whether it was let in, what runs for it) is
 * the loop's too.
 */
public final class CountedVisit implements Visit, Account {
    private static final AtomicLongFieldUpdater<CountedVisit> IN = AtomicLongFieldUpdater.newUpdater(CountedVisit.class, "in");
    private static final AtomicLongFieldUpdater<CountedVisit> OUT = AtomicLongFieldUpdater.newUpdater(CountedVisit.class, "out");
    private static final AtomicLongFieldUpdater<CountedVisit> ACTIVE = AtomicLongFieldUpdater.newUpdater(CountedVisit.class, "active");
    private static final AtomicLongFieldUpdater<CountedVisit> POSITION = AtomicLongFieldUpdater.newUpdater(CountedVisit.class, "position");

    private final long id;
    private final ConnectionFacts facts;
    private final Asked asked;
    private final Executor loop;
    private final Ledger ledger;
    private final long since;
    private volatile long ended;
    private volatile long active;
    private volatile long in;
    private volatile long out;
    private volatile long packets;
    private volatile long lost;
    private volatile long retransmitted;
    private volatile long position;
    private volatile Set<String> tags = Set.of();
    private volatile String endReason;
    private volatile Admitted admitted;
    private String links = "";
    private long cookiesMillis;
    private final List<Consumer<String>> running = new ArrayList<>(1);
    private Entry entry;
    private CompletableFuture<Void> entering;
    private Seat seat;
    private long toldIn;
    private long toldOut;
    private long toldMillis;

    CountedVisit(long id, ConnectionFacts facts, Asked asked, Executor loop, Ledger ledger) {
        this.id = id;
        this.facts = facts;
        this.asked = asked;
        this.loop = loop;
        this.ledger = ledger;
        since = ledger.clock().millis();
        active = since;
    }

    // ---- the gate's, on the loop

    Asked asked() {
        return asked;
    }

    /** What is being asked of the engine now, or null. */
    Entry entry() {
        return entry;
    }

    /** @param now null when it is answered */
    public void asked(Entry now) {
        entry = now;
    }

    /** Whether it may enter is being found out, or null. */
    public CompletableFuture<Void> entering() {
        return entering;
    }

    public void entering(CompletableFuture<Void> now) {
        entering = now;
    }

    public void admit(Admitted yes) {
        admitted = yes;
        links = Query.text(yes.parameters());
    }

    /** Id of the session that it was let into, or "". */
    String session() {
        Admitted yes = admitted;
        return yes == null ? "" : yes.session();
    }

    /** What addresses that it is given carry. */
    public String links() {
        return links;
    }

    /** The cookies of its admission where they are due: at first, and when so much time has gone by that they might expire. */
    public List<String> cookiesDue(long everyMillis) {
        Admitted yes = admitted;
        long now = ledger.clock().millis();
        if (yes == null || yes.cookies().isEmpty() || cookiesMillis != 0 && now - cookiesMillis < everyMillis) {
            return List.of();
        }
        cookiesMillis = now;
        return yes.cookies();
    }

    /** Something runs for it: told the reason when it is ended. */
    public void add(Consumer<String> end) {
        running.add(end);
    }

    public void remove(Consumer<String> end) {
        running.remove(end);
    }

    boolean idle() {
        return running.isEmpty() && entering == null;
    }

    public Seat seat() {
        return seat;
    }

    /** Takes the place and gives up the one before. */
    public void sit(Seat now) {
        if (seat != null) {
            seat.leave();
        }
        seat = now;
    }

    /** Why it was ended, or null. From any thread. */
    public String endReason() {
        return endReason;
    }

    void closed(long millis) {
        ended = millis;
    }

    /** What it has come to since this was called last, or since it began. From any thread. */
    public synchronized Share share(long nowMillis) {
        boolean http = facts.url().startsWith("http");
        long from = Math.max(since, toldMillis);
        long until = http ? active : ended == 0 ? nowMillis : ended;
        Share share = new Share(facts.kind(), session(), from, Math.max(from, until), in - toldIn, out - toldOut);
        toldIn = in;
        toldOut = out;
        toldMillis = nowMillis;
        return share;
    }

    Counters counters() {
        return new Counters(since, ended, active, in, out, packets, lost, retransmitted, position, admitted(), tags);
    }

    // ---- counting, on the loop

    @Override
    public void in(long bytes) {
        if (ended != 0) {
            ledger.late(this, bytes, 0);
            return;
        }
        IN.lazySet(this, in + bytes);
        ACTIVE.lazySet(this, ledger.clock().millis());
    }

    @Override
    public void out(long bytes) {
        if (ended != 0) {
            ledger.late(this, 0, bytes);
            return;
        }
        OUT.lazySet(this, out + bytes);
        ACTIVE.lazySet(this, ledger.clock().millis());
    }

    @Override
    public void packets(long moreSent, long moreLost, long moreRetransmitted) {
        packets += moreSent;
        lost += moreLost;
        retransmitted += moreRetransmitted;
    }

    /** Media time, on the stream's timeline. */
    public void position(long nanos) {
        POSITION.lazySet(this, nanos / 1_000_000);
    }

    // ---- Visit

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
        return packets;
    }

    @Override
    public long packetsLost() {
        return lost;
    }

    @Override
    public long packetsRetransmitted() {
        return retransmitted;
    }

    @Override
    public long positionMillis() {
        return position;
    }

    @Override
    public boolean admitted() {
        return admitted != null;
    }

    @Override
    public Set<String> tags() {
        return tags;
    }

    @Override
    public synchronized boolean tag(String tag) {
        Set<String> now = ended == 0 ? Tags.with(tags, tag) : null;
        if (now != null) {
            tags = now;
        }
        return now != null;
    }

    @Override
    public synchronized void untag(String tag) {
        tags = Tags.without(tags, tag);
    }

    @Override
    public void end(String reason) {
        synchronized (this) {
            if (endReason != null || ended != 0) {
                return;
            }
            endReason = reason;
        }
        loop.execute(() -> List.copyOf(running).forEach(r -> r.accept(reason)));
    }

    @Override
    public String toString() {
        return "visit " + id + " of " + facts;
    }
}

package io.sluice.streams.internal.visit;

import io.sluice.api.net.Connection;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.stream.Denied;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** The visits of one connection: mostly one, several where requests differ in token or forwarded address. On its loop. */
public final class Visitors {
    /** A proxy's HTTP/2 connection carries so many viewers at a time and more; who asked longest ago and has nothing running makes room. */
    private static final int MOST = 128;

    private final Connection connection;
    private final Ledger ledger;
    private final Consumer<CountedVisit> gone;
    private final List<CountedVisit> visits = new ArrayList<>(1);

    /** @param gone told each that is over */
    public Visitors(Connection connection, Ledger ledger, Consumer<CountedVisit> gone) {
        this.connection = connection;
        this.ledger = ledger;
        this.gone = gone;
    }

    /** Who asked with exactly these words before, or null. */
    public CountedVisit known(Caller caller, Set<String> headers) {
        if (visits.isEmpty()) {
            return null;
        }
        Asked asked = Asked.of(caller, headers);
        for (int i = visits.size() - 1; i >= 0; i--) {
            CountedVisit v = visits.get(i);
            if (asked.equals(v.asked())) {
                return v;
            }
        }
        return null;
    }

    /** The visit of these facts, begun where there is none. @throws Denied where too many are under way */
    public CountedVisit of(Caller caller, String stream, Set<String> headers) {
        ConnectionFacts facts = caller.facts(stream, headers, ledger.words());
        for (CountedVisit v : visits) {
            if (v.facts().sameVisitor(facts)) {
                return v;
            }
        }
        makeRoom(caller.http());
        CountedVisit visit = ledger.open(facts, caller.http() ? Asked.of(caller, headers) : null, connection);
        visits.add(visit);
        return visit;
    }

    /** What is not HTTP does one thing at a time: what it did before is over. */
    private void makeRoom(boolean http) {
        if (!http) {
            visits.stream().filter(CountedVisit::idle).toList().forEach(this::close);
        }
        if (visits.size() >= MOST) {
            close(visits.stream().filter(CountedVisit::idle).findFirst()
                .orElseThrow(() -> new Denied(Denied.Reason.LIMIT, MOST + " visitors have something running on this connection, more are not allowed")));
        }
    }

    /** It came to nothing, or has to make room. */
    public void close(CountedVisit visit) {
        visits.remove(visit);
        visit.sit(null);
        ledger.close(visit);
        gone.accept(visit);
    }

    /** The viewers leave their places; bytes may still be on their way. */
    public void leave() {
        visits.forEach(v -> {
            v.sit(null);
            if (v.entry() != null) {
                v.entry().cancel();
            }
        });
    }

    /** The last byte is counted. */
    public void close() {
        List.copyOf(visits).forEach(this::close);
    }
}

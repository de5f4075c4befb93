package io.sluice.streams.internal;

import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.stream.Denied;
import io.sluice.streams.internal.event.PeerEvents;
import io.sluice.streams.internal.event.Steps;
import io.sluice.streams.internal.gate.StreamName;
import io.sluice.streams.internal.visit.Caller;
import io.sluice.streams.internal.visit.CountedVisit;
import io.sluice.streams.internal.visit.Doorman;
import io.sluice.streams.internal.visit.Ledger;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What all who come have to pass, viewers, publishers and readers of pages: connections of the core's own, and visits that the session engine lets in. On the connection's loop. */
final class Entrance {
    /** Half of the least life that cookies of sessions have. */
    private static final long COOKIES_MILLIS = 60_000;

    private final Genuine genuine;
    private final Doorman doorman;
    private final PeerEvents peers;
    private final Owners owners;
    private volatile boolean stopping;

    /** Tells what the core made from what a plugin made. */
    interface Genuine {
        boolean owns(Connection connection);

        boolean owns(HttpExchange exchange);
    }

    /** @param gone told each visit that is over */
    Entrance(Genuine genuine, Doorman doorman, Ledger ledger, PeerEvents peers, Consumer<CountedVisit> gone) {
        this.genuine = genuine;
        this.doorman = doorman;
        this.peers = peers;
        owners = new Owners(ledger, gone);
    }

    PeerEvents peers() {
        return peers;
    }

    void stop() {
        stopping = true;
    }

    void refuseWhileStopping() {
        if (stopping) {
            throw new Denied(Denied.Reason.STOPPING, "the server is stopping");
        }
    }

    /** @throws IllegalArgumentException where a plugin brings its own: it could say anything of the peer */
    void require(Connection connection, HttpExchange exchange) {
        if (!genuine.owns(connection) || exchange != null && (!genuine.owns(exchange) || exchange.connection() != connection)) {
            throw new IllegalArgumentException("the gate takes open connections and exchanges of the core's own only");
        }
    }

    Owners.Owned owned(Connection connection) {
        return owners.of(connection);
    }

    Set<String> headers() {
        return doorman.headers();
    }

    /** @throws Denied where what it says of itself is too long, or too many are under way */
    CountedVisit visit(Caller caller, Owners.Owned owned, String stream) {
        return owned.visitors().of(caller, stream, doorman.headers());
    }

    /** Completes at once where the visit was let in before, else on its loop; exceptionally with {@link Denied}. */
    CompletableFuture<Void> enter(CountedVisit visit, Connection connection) {
        if (visit.endReason() != null) {
            return CompletableFuture.failedFuture(new Denied(Denied.Reason.SESSION, visit.endReason()));
        }
        if (visit.admitted()) {
            return CompletableFuture.completedFuture(null);
        }
        if (visit.entering() != null) {
            return visit.entering();
        }
        CompletableFuture<Void> entered = new CompletableFuture<>();
        visit.entering(entered);
        Executor loop = connection.loop();
        Steps.then(doorman.enter(visit), loop, yes -> {
            visit.asked(null);
            Steps.then(peers.open(visit), loop, ok -> {
                visit.entering(null);
                visit.admit(yes);
                entered.complete(null);
            }, no -> refuse(visit, entered, no));
        }, no -> refuse(visit, entered, no));
        return entered;
    }

    private static void refuse(CountedVisit visit, CompletableFuture<Void> entered, Throwable no) {
        visit.asked(null);
        visit.entering(null);
        entered.completeExceptionally(no);
    }

    /** What a stage's failure is. */
    static Denied denied(Throwable no) {
        Throwable cause = no instanceof CompletionException && no.getCause() != null ? no.getCause() : no;
        return cause instanceof Denied denied ? denied : new Denied(Denied.Reason.SESSION, "whether this visit is let in could not be found out");
    }

    /** A page or a description: see {@link io.sluice.api.stream.Streams#noted}. */
    CompletionStage<String> noted(HttpExchange exchange, String stream) {
        Connection connection = exchange.connection();
        require(connection, exchange);
        Caller caller = Caller.of(exchange, stream);
        Owners.Owned owned = owned(connection);
        try {
            refuseWhileStopping();
            CountedVisit known = owned.visitors().known(caller, headers());
            CountedVisit visit = known == null ? visit(caller, owned, StreamName.clean(stream)) : known;
            return enter(visit, connection).whenComplete((ok, no) -> {
                connection.account(visit);
                cookies(visit, exchange);
            }).thenApply(ok -> visit.links());
        } catch (Denied no) {
            return CompletableFuture.failedFuture(no);
        }
    }

    static void cookies(CountedVisit visit, HttpExchange exchange) {
        visit.cookiesDue(COOKIES_MILLIS).forEach(c -> exchange.addHeader("set-cookie", c));
    }
}

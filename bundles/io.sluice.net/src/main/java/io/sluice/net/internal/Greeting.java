package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Protocol.Match;
import java.util.concurrent.TimeUnit;

/** Finds out by its first bytes what a newcomer speaks, within a time. On the connection's loop. */
final class Greeting {
    private static final long SECONDS = 10;

    private final NetConnection connection;
    private final Offer offer;
    private final ProtocolTable table;
    private AutoCloseable timeout = () -> { };

    Greeting(NetConnection connection, Offer offer, ProtocolTable table) {
        this.connection = connection;
        this.offer = offer;
        this.table = table;
    }

    void begin() {
        timeout = connection.schedule(TimeUnit.SECONDS.toNanos(SECONDS), () -> connection.close("sent too little to tell its protocol within " + SECONDS + " s"));
    }

    /** Borrows what came so far. @return what it speaks, or null while that is not known or where the connection is closed for it */
    Sniffer.Verdict hear(ByteBuf first) {
        Sniffer.Verdict verdict = Sniffer.look(offer.protocols(), table, first);
        if (verdict.match() == Match.YES) {
            end();
            return verdict;
        }
        if (verdict.match() == Match.NO || first.readableBytes() >= Sniffer.MOST_BYTES) {
            connection.close("spoke none of: " + String.join(", ", offer.protocols()));
        }
        return null;
    }

    void end() {
        Speech.release(timeout);
    }
}

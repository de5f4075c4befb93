package io.sluice.sessions.internal.live;

import io.sluice.api.session.Visit;

/** Counters of a session. Not thread-safe. */
final class Counts {
    long in;
    long out;
    long packets;
    long lost;
    long retransmitted;
    long position;

    void add(Visit visit, Seat seat) {
        in += seat.in() - seat.settledIn();
        out += seat.out() - seat.settledOut();
        packets += visit.packets();
        lost += visit.packetsLost();
        retransmitted += visit.packetsRetransmitted();
        position = Math.max(position, visit.positionMillis());
    }

    /** What was shown once is not taken back: a visit on its way from the open to the closed ones may be missed for a moment. */
    void raise(Counts sum) {
        in = Math.max(in, sum.in);
        out = Math.max(out, sum.out);
        packets = Math.max(packets, sum.packets);
        lost = Math.max(lost, sum.lost);
        retransmitted = Math.max(retransmitted, sum.retransmitted);
        position = Math.max(position, sum.position);
    }

    void clear() {
        in = 0;
        out = 0;
        packets = 0;
        lost = 0;
        retransmitted = 0;
        position = 0;
    }
}

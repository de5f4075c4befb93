package io.sluice.sessions.internal.live;

import io.sluice.api.session.ConnectionFacts;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Seconds with activity of a session that has more than one stream, protocol or address. Under the session's lock. */
final class Tallies {
    final Tally streams = new Tally();
    final Tally protocols = new Tally();
    final Tally addresses = new Tally();

    void count(ConnectionFacts facts, int step, int now) {
        streams.count(facts.stream(), step, now);
        protocols.count(facts.protocol(), step, now);
        addresses.count(facts.address(), step, now);
    }

    void raise(ConnectionFacts facts, int stream, int protocol, int address) {
        streams.raise(facts.stream(), stream);
        protocols.raise(facts.protocol(), protocol);
        addresses.raise(facts.address(), address);
    }

    void write(DataOutputStream out) throws IOException {
        SessionCodec.write(out, streams);
        SessionCodec.write(out, protocols);
        SessionCodec.write(out, addresses);
    }

    static Tallies read(DataInputStream in) throws IOException {
        Tallies tallies = new Tallies();
        SessionCodec.read(in, tallies.streams);
        SessionCodec.read(in, tallies.protocols);
        SessionCodec.read(in, tallies.addresses);
        return tallies;
    }
}

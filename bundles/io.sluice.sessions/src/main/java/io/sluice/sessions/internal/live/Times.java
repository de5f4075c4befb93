package io.sluice.sessions.internal.live;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.Visit;
import io.sluice.format.session.SessionFields;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.function.Consumer;

/** Seconds with activity of a session, in all and for each stream, protocol and address. Under the session's lock. */
final class Times {
    private final String stream;
    private final String protocol;
    private final InetAddress address;
    /** Null while everybody has the stream, the protocol and the address of the first: then their seconds are the session's. */
    private Tallies tallies;
    private int seconds;
    private int stamp;

    Times(ConnectionFacts first) {
        this(first.stream(), first.protocol(), first.address());
    }

    private Times(String stream, String protocol, InetAddress address) {
        this.stream = stream;
        this.protocol = protocol;
        this.address = address;
    }

    void write(DataOutputStream out) throws IOException {
        SessionCodec.text(out, stream);
        SessionCodec.text(out, protocol);
        SessionCodec.write(out, address);
        out.writeInt(seconds);
        out.writeBoolean(tallies != null);
        if (tallies != null) {
            tallies.write(out);
        }
    }

    static Times read(DataInputStream in) throws IOException {
        Times times = new Times(in.readUTF(), in.readUTF(), SessionCodec.address(in));
        times.seconds = in.readInt();
        times.tallies = in.readBoolean() ? Tallies.read(in) : null;
        return times;
    }

    /** @param now number of the collation, which counts once however many visits are active */
    void active(Visit visit, int step, int now) {
        if (stamp != now) {
            stamp = now;
            seconds += step;
        }
        if (tallies != null) {
            tallies.count(visit.facts(), step, now);
        }
    }

    /** Before somebody sits here: from now on his stream, protocol and address are told apart from the first one's. */
    void meet(ConnectionFacts facts) {
        if (tallies == null && !(stream.equals(facts.stream()) && protocol.equals(facts.protocol()) && address.equals(facts.address()))) {
            tallies = new Tallies();
            tallies.streams.raise(stream, seconds);
            tallies.protocols.raise(protocol, seconds);
            tallies.addresses.raise(address, seconds);
        }
        if (tallies != null) {
            tallies.raise(facts, 0, 0, 0);
        }
    }

    /** This visit was active for at least so long. */
    void raise(ConnectionFacts facts, int atLeast) {
        seconds = Math.max(seconds, atLeast);
        if (tallies != null) {
            tallies.raise(facts, atLeast, atLeast, atLeast);
        }
    }

    /** Takes over what another session knew of a visit. */
    void raise(ConnectionFacts facts, Times other) {
        seconds = Math.max(seconds, other.seconds);
        if (tallies != null && other.tallies == null) {
            tallies.raise(facts, other.seconds, other.seconds, other.seconds);
        } else if (tallies != null) {
            tallies.raise(facts, other.tallies.streams.seconds(facts.stream()), other.tallies.protocols.seconds(facts.protocol()),
                other.tallies.addresses.seconds(facts.address()));
        }
    }

    long seconds() {
        return seconds;
    }

    Map<String, Long> streams() {
        return tallies == null ? Map.of(stream, seconds()) : tallies.streams.shown(String::valueOf);
    }

    Map<String, Long> protocols() {
        return tallies == null ? Map.of(protocol, seconds()) : tallies.protocols.shown(String::valueOf);
    }

    Map<String, Long> addresses() {
        return tallies == null ? Map.of(text(address), seconds()) : tallies.addresses.shown(Times::text);
    }

    void eachStream(Consumer<String> consumer) {
        if (tallies == null) {
            consumer.accept(stream);
        } else {
            tallies.streams.each((name, s) -> consumer.accept((String) name));
        }
    }

    void eachAddress(Consumer<String> consumer) {
        if (tallies == null) {
            consumer.accept(text(address));
        } else {
            tallies.addresses.each((name, s) -> consumer.accept(text(name)));
        }
    }

    private static String text(Object address) {
        return SessionFields.address((InetAddress) address);
    }
}

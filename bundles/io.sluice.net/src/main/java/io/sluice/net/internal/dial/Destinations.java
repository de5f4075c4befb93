package io.sluice.net.internal.dial;

import io.sluice.format.outbound.AddressKind;
import io.sluice.format.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the addresses of a host that may be connected to. Immutable. */
final class Destinations {
    private static final Set<AddressKind> NEAR = EnumSet.of(AddressKind.LOOPBACK, AddressKind.PRIVATE);

    private final OutboundPolicy policy;

    /** @throws IllegalArgumentException with the entry that is no address, block or host */
    Destinations(DialerConfig config) {
        policy = new OutboundPolicy(DialerConfig.PID, NEAR, config.allowPrivate(), List.of(config.allowed()));
    }

    /**
     * Looks a name up, which blocks.
     *
     * @param ours tells one of our own listeners
     * @return at least one, to be tried in this order
     * @throws IOException with a sentence that says why there is none
     */
    List<InetSocketAddress> find(String host, int port, Predicate<InetSocketAddress> ours) throws IOException {
        List<InetSocketAddress> found = policy.permitted(host, lookUp(host)).stream().map(a -> new InetSocketAddress(a, port)).toList();
        if (found.stream().anyMatch(ours)) {
            throw new DialFailed(host + ":" + port + " is this very server: what goes there would come back, a loop");
        }
        return found;
    }

    private static List<InetAddress> lookUp(String host) throws IOException {
        try {
            return Arrays.asList(InetAddress.getAllByName(host));
        } catch (UnknownHostException e) {
            throw new DialFailed("no address is known for the name " + host);
        }
    }
}

package io.sluice.api.net;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.Function;
import org.osgi.annotation.versioning.ProviderType;

/** The datagram listeners of the core. */
@ProviderType
public interface Datagrams {
    /**
     * Where peers reach a protocol: the public addresses that its listeners are configured with, else this machine's own, the one that the exchange came in by first.
     *
     * @return empty where no listener offers the protocol
     */
    List<InetSocketAddress> addresses(String protocol, HttpExchange exchange);

    /**
     * Announces a peer that an exchange has introduced: whose first datagram names the key. On the exchange's loop, which becomes the association's. It ends after the configured time
     * when no datagram came that made it {@link Association#move move}.
     *
     * @param by      the elected version's own service
     * @param key     unguessable, 4 to 64 characters
     * @param handler called at once
     * @throws IllegalStateException when another version is elected, nobody listens, a limit is reached or the key is taken; the message says which
     */
    Association introduce(DatagramProtocol by, HttpExchange exchange, String key, Function<Association, AssociationHandler> handler);
}

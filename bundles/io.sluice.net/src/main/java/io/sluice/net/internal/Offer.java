package io.sluice.net.internal;

import java.util.List;

/**
 * What a listener offers to those who connect; or, of a connection that we opened, what is spoken there.
 *
 * @param proxied each connection begins with a PROXY header
 * @param dialled we opened it
 */
record Offer(String listener, boolean tls, boolean proxied, List<String> protocols, boolean dialled) {
    Offer {
        protocols = List.copyOf(protocols);
    }

    Offer(String listener, boolean tls, boolean proxied, List<String> protocols) {
        this(listener, tls, proxied, protocols, false);
    }

    static Offer dialled(String protocol, boolean tls) {
        return new Offer("dialled", tls, false, List.of(protocol), true);
    }
}

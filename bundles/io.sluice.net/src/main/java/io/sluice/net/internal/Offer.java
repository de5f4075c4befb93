package io.sluice.net.internal;

import java.util.List;

/** What a listener offers to those who connect. */
record Offer(String listener, boolean tls, boolean proxied, List<String> protocols) {
    /** @param proxied each connection begins with a PROXY header */
    Offer {
        protocols = List.copyOf(protocols);
    }
}

package io.sluice.net.internal;

import java.util.List;

/** What a listener offers to those who connect. */
record Offer(String listener, boolean tls, List<String> protocols) {
    Offer {
        protocols = List.copyOf(protocols);
    }
}

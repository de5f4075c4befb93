package io.sluice.trigger.webhook.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Looks a host up before the client does, on the worker that only the calls of this target wait for: a name service that does not answer for one target would otherwise hold up the
 * others, since the client looks up a few names at a time. It finds the answer in the JDK's cache, and judges it.
 */
final class Names {
    private Names() {
    }

    static void look(URI uri) throws IOException {
        String host = uri.getHost();
        if (host == null) {
            return; // the policy says so better
        }
        try {
            InetAddress.getAllByName(host);
        } catch (UnknownHostException e) {
            throw new IOException("there is no host '" + host + "'", e);
        }
    }
}

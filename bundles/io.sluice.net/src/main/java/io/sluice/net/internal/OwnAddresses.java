package io.sluice.net.internal;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;

/** The addresses of this machine. */
final class OwnAddresses {
    private OwnAddresses() {
    }

    /** Loopback, "this host", or one of an interface's. Asks the kernel. */
    static boolean has(InetAddress address) {
        try {
            return address.isLoopbackAddress() || address.isAnyLocalAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException e) {
            return false;
        }
    }
}

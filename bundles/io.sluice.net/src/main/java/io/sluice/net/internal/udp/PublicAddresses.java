package io.sluice.net.internal.udp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Where peers reach a port. */
final class PublicAddresses {
    /** A machine with containers has dozens; peers try each. */
    private static final int MOST = 8;

    private PublicAddresses() {
    }

    /** @param arrival the address of ours that the peer has reached already */
    static List<InetSocketAddress> of(UdpPort port, InetSocketAddress arrival) {
        InetSocketAddress bound = port.bound();
        String[] configured = port.config().publicAddresses();
        if (configured.length > 0 && Arrays.stream(configured).anyMatch(a -> !a.isBlank())) {
            return Arrays.stream(configured).filter(a -> !a.isBlank()).map(a -> parse(a.trim(), bound.getPort())).toList();
        }
        if (!bound.getAddress().isAnyLocalAddress()) {
            return List.of(bound);
        }
        Set<InetAddress> own = new LinkedHashSet<>();
        own.add(arrival.getAddress());
        interfaces(own);
        return own.stream().limit(MOST).map(a -> new InetSocketAddress(a, bound.getPort())).toList();
    }

    private static void interfaces(Set<InetAddress> to) {
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && !each.isLoopback()) {
                    Collections.list(each.getInetAddresses()).stream().filter(a -> !a.isLinkLocalAddress() && !a.isAnyLocalAddress()).forEach(to::add);
                }
            }
        } catch (SocketException e) {
            // those that are known already must do
        }
    }

    /** Unresolved where it is a name: the peer looks it up, not our event loop. */
    static InetSocketAddress parse(String text, int defaultPort) {
        if (text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[")) {
            return parse("[" + text + "]", defaultPort);
        }
        try {
            URI uri = new URI("udp://" + text);
            String host = uri.getHost();
            if (host == null) {
                throw new IllegalArgumentException("'" + text + "' is no address; wanted host, host:port, or [IPv6]:port");
            }
            int port = uri.getPort() < 0 ? defaultPort : uri.getPort();
            return literal(host) ? new InetSocketAddress(host.replaceAll("[\\[\\]]", ""), port) : InetSocketAddress.createUnresolved(host, port);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("'" + text + "' is no address: " + e.getReason());
        }
    }

    private static boolean literal(String host) {
        return host.startsWith("[") || host.matches("[0-9.]+");
    }
}

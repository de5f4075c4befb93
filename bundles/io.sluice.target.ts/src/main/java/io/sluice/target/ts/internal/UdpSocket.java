package io.sluice.target.ts.internal;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** A socket that datagrams are sent from. */
final class UdpSocket {
    /** A second of 16 Mbit/s; the kernel gives what it allows. */
    private static final int SEND_BUFFER = 2 << 20;

    private UdpSocket() {
    }

    /**
     * Non-blocking and not connected, so a receiver that is not there yet is no error.
     *
     * @param from address of ours that it leaves from, or ""; of multicast also the interface
     * @param ttl  hops that multicast may make
     */
    static DatagramChannel open(InetSocketAddress to, String from, int ttl) throws IOException {
        boolean six = to.getAddress() instanceof Inet6Address;
        DatagramChannel channel = DatagramChannel.open(six ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET);
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
            channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, ttl);
            if (!from.isEmpty()) {
                InetAddress local = InetAddress.getByName(from);
                NetworkInterface over = NetworkInterface.getByInetAddress(local);
                if (over == null) {
                    throw new IOException(from + " is no address of this machine");
                }
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, over);
                channel.bind(new InetSocketAddress(local, 0));
            }
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}

package io.sluice.format.sdp;

/**
 * An address where a server waits, RFC 8839 section 5.1: a host candidate of component 1.
 *
 * @param address IPv4 or IPv6, as numbers
 * @param passive true for ICE-TCP, RFC 6544
 */
public record Candidate(String address, int port, boolean passive) {
    private static final long HOST_PREFERENCE = 126L << 24;
    /** Any UDP candidate before any of TCP. */
    private static final int UDP = 65535;
    private static final int TCP = 32767;
    private static final int COMPONENT = 255;

    /** @param index of it among all, from 0: earlier ones are preferred */
    String line(int index) {
        long priority = HOST_PREFERENCE + ((long) (passive ? TCP : UDP) - index << 8) + COMPONENT;
        return "a=candidate:" + (index + 1) + " 1 " + (passive ? "tcp " : "udp ") + priority + " " + address + " " + port + " typ host" + (passive ? " tcptype passive" : "");
    }
}

package io.sluice.streams.internal.gate;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Addresses that may publish: an IP, a network in CIDR form, or a host name.
 *
 * @param text as configured
 * @param network the address or network, or null for a host name
 * @param bits of the network that count
 */
public record AddressRule(String text, byte[] network, int bits) {
    /** @throws IllegalArgumentException saying what is wrong with it */
    public static AddressRule parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        byte[] network = NetUtil.createByteArrayFromIpAddressString(address);
        if (network == null) {
            if (slash >= 0 || address.isEmpty() || address.contains(":")) {
                throw new IllegalArgumentException("'" + text + "' is no IP address, no network such as 10.0.0.0/8 and no host name");
            }
            return new AddressRule(text, null, 0);
        }
        int bits = slash < 0 ? network.length * 8 : bits(text, text.substring(slash + 1), network.length * 8);
        return new AddressRule(text, network, bits);
    }

    private static int bits(String text, String written, int most) {
        try {
            int bits = Integer.parseInt(written);
            if (bits >= 0 && bits <= most) {
                return bits;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("'" + text + "' needs 0 to " + most + " bits after the slash");
    }

    /** Must be looked up in the DNS before it can be compared. */
    public boolean isHost() {
        return network == null;
    }

    public boolean matches(InetAddress peer) {
        byte[] address = peer.getAddress();
        if (network == null || address.length != network.length) {
            return false;
        }
        int whole = bits / 8;
        int rest = bits % 8;
        return Arrays.equals(address, 0, whole, network, 0, whole)
            && (rest == 0 || ((address[whole] ^ network[whole]) & 0xff) >> (8 - rest) == 0);
    }

    static boolean matches(List<AddressRule> rules, InetAddress peer) {
        return rules.stream().anyMatch(r -> r.matches(peer));
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.sluice.format.outbound;

import java.util.Map;

/** The IPv4 address that an IPv6 address leads to through a translator or a tunnel: without this, {@code [64:ff9b::7f00:1]} would pass for a public address. */
final class EmbeddedAddress {
    /** Block → the first byte of the IPv4 address in it: IPv4-compatible (RFC 4291 2.5.5.1), translated (RFC 2765), NAT64 (RFC 6052), 6to4 (RFC 3056). */
    private static final Map<AddressBlock, Integer> OFFSETS = Map.of(AddressBlock.parse("::/96"), 12, AddressBlock.parse("::ffff:0:0:0/96"), 12,
        AddressBlock.parse("64:ff9b::/96"), 12, AddressBlock.parse("2002::/16"), 2);
    private static final AddressBlock OWN = AddressBlock.parse("::/127");

    private EmbeddedAddress() {
    }

    /** @return the address itself where there is none inside; 16 bytes */
    static byte[] of(byte[] address) {
        if (OWN.contains(address)) {
            return address;
        }
        return OFFSETS.entrySet().stream().filter(e -> e.getKey().contains(address)).findFirst().map(e -> AddressBlock.mapped(address, e.getValue())).orElse(address);
    }
}

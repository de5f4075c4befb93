package io.sluice.format.outbound;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * What an address is good for: the registries of special-purpose addresses (RFC 6890 and what IANA added since), and the addresses at which clouds answer their machines about
 * themselves, credentials included. The first kind that fits counts.
 */
public enum AddressKind {
    /** Amazon, Google, Azure, OpenStack: 169.254.169.254 and neighbours; Azure's 168.63.129.16; Alibaba's 100.100.100.200; Oracle's 192.0.0.192; Amazon's and Google's over IPv6. */
    METADATA("a cloud metadata address", "169.254.169.0/24", "169.254.170.0/24", "168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::/32", "fd20:ce::254"),
    LOOPBACK("a loopback address", "127.0.0.0/8", "::1"),
    /** "This host" (RFC 1122, RFC 4291): connecting to it reaches the own machine. */
    UNSPECIFIED("an unspecified address", "0.0.0.0/8", "::"),
    LINK_LOCAL("a link-local address", "169.254.0.0/16", "fe80::/10"),
    /** RFC 1918, RFC 6598 (behind a carrier's translation), RFC 4193, the old site-local block. */
    PRIVATE("a private address", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7", "fec0::/10"),
    MULTICAST("a multicast address", "224.0.0.0/4", "ff00::/8"),
    /** Documentation, measurements, translation for the local network only, discard, what is not given out yet. */
    RESERVED("a reserved address", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
        "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "3fff::/20", "5f00::/16"),
    PUBLIC("a public address");

    private final String words;
    private final List<AddressBlock> blocks;

    AddressKind(String words, String... blocks) {
        this.words = words;
        this.blocks = Stream.of(blocks).map(AddressBlock::parse).toList();
    }

    /** Looks into addresses of IPv6 that lead to one of IPv4. */
    public static AddressKind of(InetAddress address) {
        byte[] inner = EmbeddedAddress.of(AddressBlock.bytes(address));
        return Stream.of(values()).filter(k -> k.blocks.stream().anyMatch(b -> b.contains(inner))).findFirst().orElse(PUBLIC);
    }

    /** With its article: "a loopback address". */
    public String words() {
        return words;
    }
}

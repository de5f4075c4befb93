package io.sluice.format.outbound;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/**
 * A block of addresses in CIDR notation, RFC 4632 section 3.1 and RFC 4291 section 2.3: {@code 10.0.0.0/8}, {@code fd00::/8}; one address is a block of itself.
 *
 * @param base       16 bytes; IPv4 as {@code ::ffff:a.b.c.d}, so that both ways of writing it are one
 * @param prefixBits of the 128 that count
 */
record AddressBlock(byte[] base, int prefixBits) {
    private static final Pattern V4 = Pattern.compile("(\\d{1,3})(\\.\\d{1,3}){3}");
    private static final Pattern V6 = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /** Whether this is written as an address: names are never looked up here. */
    static boolean isAddress(String text) {
        return V4.matcher(text).matches() || V6.matcher(text).matches();
    }

    /** @throws IllegalArgumentException with what was wanted */
    static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        if (!isAddress(address)) {
            throw wanted(text);
        }
        try {
            int bits = address.contains(":") ? 128 : 32;
            int prefix = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
            if (prefix < 0 || prefix > bits) {
                throw wanted(text);
            }
            return new AddressBlock(bytes(InetAddress.getByName(address)), 128 - bits + prefix);
        } catch (UnknownHostException | NumberFormatException e) {
            throw wanted(text);
        }
    }

    private static IllegalArgumentException wanted(String found) {
        return new IllegalArgumentException("an address such as 10.1.2.3 or a block such as 10.0.0.0/8 was wanted, '" + found + "' was found");
    }

    static byte[] bytes(InetAddress address) {
        byte[] given = address.getAddress();
        return given.length == 16 ? given : mapped(given, 0);
    }

    static byte[] mapped(byte[] from, int offset) {
        byte[] bytes = new byte[16];
        bytes[10] = -1;
        bytes[11] = -1;
        System.arraycopy(from, offset, bytes, 12, 4);
        return bytes;
    }

    boolean contains(byte[] address) {
        for (int i = 0, bits = prefixBits; bits > 0; i++, bits -= 8) {
            int counting = bits >= 8 ? 0xff : 0xff00 >> bits;
            if (((base[i] ^ address[i]) & counting & 0xff) != 0) {
                return false;
            }
        }
        return true;
    }
}

package io.sluice.format.sdp;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The hash of a certificate, RFC 8122 section 5. The bytes are not copied: treat them as read-only.
 *
 * @param algorithm "sha-256", "sha-384" or "sha-512"; weaker ones are refused
 */
public record Fingerprint(String algorithm, byte[] hash) {
    private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

    static Fingerprint parse(SdpAttribute attribute) {
        String[] words = attribute.value().strip().split(" +", 3);
        int bytes = words.length == 2 ? length(words[0].toLowerCase(Locale.ROOT)) : 0;
        if (bytes == 0) {
            throw new SdpException(attribute.line(), "wanted sha-256, sha-384 or sha-512 and a hash, found " + SdpException.shown(attribute.value()));
        }
        if (words[1].length() != 3 * bytes - 1) {
            throw new SdpException(attribute.line(), "wanted a hash of " + bytes + " bytes in hexadecimal with colons, found " + SdpException.shown(words[1]));
        }
        try {
            return new Fingerprint(words[0].toLowerCase(Locale.ROOT), COLONS.parseHex(words[1]));
        } catch (IllegalArgumentException e) {
            throw new SdpException(attribute.line(), "wanted a hash in hexadecimal with colons, found " + SdpException.shown(words[1]));
        }
    }

    private static int length(String algorithm) {
        return switch (algorithm) {
            case "sha-256" -> 32;
            case "sha-384" -> 48;
            case "sha-512" -> 64;
            default -> 0;
        };
    }

    /** The attribute's value. */
    public String text() {
        return algorithm + " " + COLONS.formatHex(hash);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Fingerprint f && algorithm.equals(f.algorithm) && Arrays.equals(hash, f.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    @Override
    public String toString() {
        return text();
    }
}

package io.sluice.dtls.internal;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * A certificate's, RFC 8122 section 5.
 *
 * @param hash a name of that RFC
 */
record Fingerprint(String hash, byte[] value) {
    private static final Set<String> HASHES = Set.of("sha-256", "sha-384", "sha-512");
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    /** @throws IllegalArgumentException where it is none */
    static Fingerprint parse(String text) {
        String[] words = text.trim().split(" +");
        String hash = words[0].toLowerCase(Locale.ROOT);
        if (words.length != 2 || !HASHES.contains(hash)) {
            throw new IllegalArgumentException("a fingerprint is one of " + HASHES + ", a blank and the bytes");
        }
        byte[] value = HEX.parseHex(words[1]);
        if (value.length != digest(hash).getDigestLength()) {
            throw new IllegalArgumentException("a fingerprint of " + value.length + " bytes is none by " + hash);
        }
        return new Fingerprint(hash, value);
    }

    static Fingerprint of(byte[] certificate) {
        return new Fingerprint("sha-256", digest("sha-256").digest(certificate));
    }

    boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(value, digest(hash).digest(certificate));
    }

    private static MessageDigest digest(String hash) {
        try {
            return MessageDigest.getInstance(hash.toUpperCase(Locale.ROOT));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("a JDK without " + hash, e);
        }
    }

    /** As an SDP attribute carries it. */
    @Override
    public String toString() {
        return hash + " " + HEX.formatHex(value);
    }
}

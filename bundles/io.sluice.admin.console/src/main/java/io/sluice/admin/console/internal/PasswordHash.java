package io.sluice.admin.console.internal;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * A password as it is kept: {@code pbkdf2-sha512:<iterations>:<base64 salt>:<base64 hash>} (RFC 8018, 5.2, with HMAC-SHA-512). Comparing takes about a tenth of a
 * second by design. Immutable; from any thread.
 */
record PasswordHash(int iterations, byte[] salt, byte[] hash) {
    private static final String SCHEME = "pbkdf2-sha512";
    /** Fewer would be guessed too fast by whoever gets the file; RFC 8018 recommends 1000 as the very least. */
    private static final int MIN_ITERATIONS = 1_000;
    /** More would let a configuration stall the console: ten seconds and up for each log-in. */
    private static final int MAX_ITERATIONS = 20_000_000;
    private static final int MIN_BYTES = 16;
    /** Longer than any salt or hash that a sane tool writes. */
    private static final int MAX_BYTES = 1024;

    /** @throws IllegalArgumentException saying what is wrong; the text itself is not in the message */
    static PasswordHash parse(String text) {
        String[] parts = text.trim().split(":");
        if (parts.length != 4 || !parts[0].equals(SCHEME)) {
            throw new IllegalArgumentException("it is not of the form " + SCHEME + ":<iterations>:<base64 salt>:<base64 hash>");
        }
        int iterations = number(parts[1]);
        return new PasswordHash(iterations, bytes("salt", parts[2]), bytes("hash", parts[3]));
    }

    private static int number(String text) {
        try {
            int n = Integer.parseInt(text);
            if (n >= MIN_ITERATIONS && n <= MAX_ITERATIONS) {
                return n;
            }
        } catch (NumberFormatException e) {
            // said below, in the same words as for a number out of range
        }
        throw new IllegalArgumentException("its iterations are not a number from " + MIN_ITERATIONS + " to " + MAX_ITERATIONS);
    }

    private static byte[] bytes(String what, String base64) {
        byte[] bytes;
        try {
            bytes = base64.length() > 2 * MAX_BYTES ? new byte[0] : Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("its " + what + " is not Base64");
        }
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("its " + what + " is not of " + MIN_BYTES + " to " + MAX_BYTES + " bytes");
        }
        return bytes;
    }

    boolean matches(String password) {
        PBEKeySpec spec = new PBEKeySpec(password.toCharArray(), salt, iterations, hash.length * 8);
        try {
            byte[] computed = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
            return MessageDigest.isEqual(hash, computed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
        } finally {
            spec.clearPassword();
        }
    }

    /** Whether two texts are equal, in a time that says nothing about where they differ. */
    static boolean same(String a, String b) {
        return MessageDigest.isEqual(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof PasswordHash p && iterations == p.iterations && Arrays.equals(salt, p.salt) && Arrays.equals(hash, p.hash);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hash);
    }

    /** Never prints the hash. */
    @Override
    public String toString() {
        return SCHEME + " with " + iterations + " iterations";
    }
}

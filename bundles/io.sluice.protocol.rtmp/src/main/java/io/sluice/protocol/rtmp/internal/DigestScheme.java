package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where the digest of a C1 or S1 lies: HMAC-SHA256 over all other bytes. Flash Player asked for it before it played H.264; the form is known from "RTMPE
 * handshake" by its implementers, and the keys are in every client: they prove nothing.
 */
enum DigestScheme {
    /** Digest in the first half, after the key block in some versions. */ FIRST(8),
    /** Digest in the second half. */ SECOND(772);

    private static final int DIGEST_BYTES = 32;
    private static final int OFFSETS = 728;
    private static final int PLAYER_PART = 30;
    private static final int SERVER_PART = 36;
    private static final String PLAYER = "Genuine Adobe Flash Player 001";
    private static final String SERVER = "Genuine Adobe Flash Media Server 001";
    private static final String TAIL = "f0eec24a8068bee82e00d0d1029e7e576eec5d2d29806fab93b8e636cfeb31ae";

    private final int offsetAt;

    DigestScheme(int offsetAt) {
        this.offsetAt = offsetAt;
    }

    static byte[] clientKey() {
        return Arrays.copyOf(whole(PLAYER), PLAYER_PART);
    }

    static byte[] serverKey() {
        return Arrays.copyOf(whole(SERVER), SERVER_PART);
    }

    static byte[] serverResponseKey() {
        return whole(SERVER);
    }

    static byte[] clientResponseKey() {
        return whole(PLAYER);
    }

    private static byte[] whole(String text) {
        byte[] name = text.getBytes(StandardCharsets.US_ASCII);
        byte[] tail = ByteBufUtil.decodeHexDump(TAIL);
        byte[] key = Arrays.copyOf(name, name.length + tail.length);
        System.arraycopy(tail, 0, key, name.length, tail.length);
        return key;
    }

    /** The scheme whose digest is right, or null where there is none: a plain handshake. */
    static DigestScheme find(byte[] part, byte[] key) {
        for (DigestScheme scheme : values()) {
            if (MessageDigest.isEqual(scheme.digest(part), scheme.compute(part, key))) {
                return scheme;
            }
        }
        return null;
    }

    byte[] digest(byte[] part) {
        int at = at(part);
        return Arrays.copyOfRange(part, at, at + DIGEST_BYTES);
    }

    /** Puts the digest in its place. */
    void sign(byte[] part, byte[] key) {
        System.arraycopy(compute(part, key), 0, part, at(part), DIGEST_BYTES);
    }

    /** The last 32 bytes of a C2 or S2 prove that the other side's digest was seen. */
    static void signResponse(byte[] part, byte[] digestOfOther, byte[] key) {
        int end = part.length - DIGEST_BYTES;
        System.arraycopy(hmac(hmac(key, digestOfOther), Arrays.copyOf(part, end)), 0, part, end, DIGEST_BYTES);
    }

    private int at(byte[] part) {
        int sum = 0;
        for (int i = 0; i < 4; i++) {
            sum += part[offsetAt + i] & 0xFF;
        }
        return sum % OFFSETS + offsetAt + 4;
    }

    private byte[] compute(byte[] part, byte[] key) {
        int at = at(part);
        byte[] rest = new byte[part.length - DIGEST_BYTES];
        System.arraycopy(part, 0, rest, 0, at);
        System.arraycopy(part, at + DIGEST_BYTES, rest, at, rest.length - at);
        return hmac(key, rest);
    }

    static byte[] hmac(byte[] key, byte[] data) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(data);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}

package io.sluice.format.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proof of a message's sender by a short-term credential, RFC 8489 sections 9.1 and 14.5, and the mark that it is STUN, 14.7. One thread. */
public final class StunIntegrity {
    private static final int MARK = 0x5354554e;

    private final Mac mac;

    /** @param password of the side that is asked */
    public StunIntegrity(String password) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a JDK without HMAC-SHA1", e);
        }
    }

    /** It was made by somebody who knows the password. */
    public boolean verifies(StunRequest request) {
        int at = request.integrityAt();
        byte[] found = Arrays.copyOfRange(request.bytes(), at + 4, at + 4 + StunRequest.INTEGRITY_BYTES);
        return MessageDigest.isEqual(of(request.bytes(), at), found);
    }

    /** Of all before it, with the header's length as though the attribute were the last. */
    byte[] of(byte[] message, int at) {
        int length = at + 4 + StunRequest.INTEGRITY_BYTES - StunRequest.HEADER;
        mac.update(message, 0, 2);
        mac.update((byte) (length >> 8));
        mac.update((byte) length);
        mac.update(message, 4, at - 4);
        return mac.doFinal();
    }

    /** Of all before it; the header's length has it in already. */
    static int fingerprint(byte[] message, int at) {
        CRC32 crc = new CRC32();
        crc.update(message, 0, at);
        return (int) crc.getValue() ^ MARK;
    }
}

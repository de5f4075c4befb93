package io.sluice.dtls.internal;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The session keys of one direction, RFC 3711 section 4.3 with a key derivation rate of 0. RTP's labels are 0 to 2, RTCP's 3 to 5. AEAD uses the same derivation with its salt
 * padded by zeros to 14 bytes (RFC 7714 section 11).
 *
 * @param authentication empty for AEAD
 */
record SessionKeys(SrtpProfile profile, byte[] encryption, byte[] authentication, byte[] salt) {
    private static final int CONTROL_LABELS = 3;
    private static final int AUTHENTICATION_BYTES = 20;

    static SessionKeys media(SrtpProfile profile, byte[] key, byte[] salt) throws GeneralSecurityException {
        return derive(profile, key, salt, 0);
    }

    static SessionKeys control(SrtpProfile profile, byte[] key, byte[] salt) throws GeneralSecurityException {
        return derive(profile, key, salt, CONTROL_LABELS);
    }

    private static SessionKeys derive(SrtpProfile profile, byte[] key, byte[] salt, int label) throws GeneralSecurityException {
        Cipher aes = Cipher.getInstance("AES/ECB/NoPadding");
        aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        return new SessionKeys(profile, stream(aes, salt, label, SrtpProfile.KEY_BYTES), profile.aead() ? new byte[0] : stream(aes, salt, label + 1, AUTHENTICATION_BYTES),
            stream(aes, salt, label + 2, profile.saltBytes()));
    }

    /** The label is XORed at the byte before the packet index's six, which are 0; the last two bytes count blocks. */
    private static byte[] stream(Cipher aes, byte[] salt, int label, int bytes) throws GeneralSecurityException {
        byte[] x = Arrays.copyOf(salt, 16);
        x[14] = 0;
        x[15] = 0;
        x[7] ^= (byte) label;
        byte[] out = new byte[(bytes + 15) / 16 * 16];
        for (int block = 0; block * 16 < out.length; block++) {
            x[15] = (byte) block;
            aes.update(x, 0, 16, out, block * 16);
        }
        return Arrays.copyOf(out, bytes);
    }

    /** Never prints a key. */
    @Override
    public String toString() {
        return "keys of " + profile;
    }
}

package io.sluice.dtls.internal;

import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AEAD_AES_128_GCM, RFC 7714: section 8.1 for RTP's IV, 9.1 for RTCP's. */
final class GcmPacketCipher implements PacketCipher {
    private static final int TAG_BITS = 128;
    private static final int TAG_BYTES = 16;

    private final Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    private final SecretKeySpec key;
    private final byte[] salt;
    private final byte[] flagAndIndex = new byte[4];

    GcmPacketCipher(SessionKeys keys) throws GeneralSecurityException {
        key = new SecretKeySpec(keys.encryption(), "AES");
        salt = keys.salt();
    }

    @Override
    public int seal(byte[] packet, int clear, int length, int ssrc, long index, int trailer, boolean control) throws GeneralSecurityException {
        begin(Cipher.ENCRYPT_MODE, packet, clear, ssrc, index, trailer, control);
        return clear + cipher.doFinal(packet, clear, length - clear, packet, clear);
    }

    @Override
    public int open(byte[] packet, int clear, int length, int ssrc, long index, int trailer, boolean control) throws GeneralSecurityException {
        if (length < clear + TAG_BYTES) {
            return -1;
        }
        begin(Cipher.DECRYPT_MODE, packet, clear, ssrc, index, trailer, control);
        try {
            return clear + cipher.doFinal(packet, clear, length - clear, packet, clear);
        } catch (AEADBadTagException e) {
            return -1;
        }
    }

    /** RTP's index begins at byte 6 of the IV with its 48 bits, RTCP's at 8 with 32; RTCP authenticates its trailer. */
    private void begin(int mode, byte[] packet, int clear, int ssrc, long index, int trailer, boolean control) throws GeneralSecurityException {
        byte[] iv = salt.clone();
        Bytes.xor(iv, 2, ssrc, 4);
        Bytes.xor(iv, 6, index, 6);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(packet, 0, clear);
        if (control) {
            Bytes.i32(flagAndIndex, 0, trailer);
            cipher.updateAAD(flagAndIndex);
        }
    }
}

package io.sluice.dtls.internal;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in counter mode with HMAC-SHA1, RFC 3711 sections 4.1.1 and 4.2.1. */
final class CounterPacketCipher implements PacketCipher {
    private final Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    private final Mac mac = Mac.getInstance("HmacSHA1");
    private final SecretKeySpec key;
    private final byte[] salt;
    private final int tagBytes;
    private final byte[] trail = new byte[4];
    private final byte[] tag = new byte[20];

    CounterPacketCipher(SessionKeys keys) throws GeneralSecurityException {
        key = new SecretKeySpec(keys.encryption(), "AES");
        mac.init(new SecretKeySpec(keys.authentication(), "HmacSHA1"));
        salt = Arrays.copyOf(keys.salt(), 16);
        tagBytes = keys.profile().tagBytes();
    }

    @Override
    public int seal(byte[] packet, int clear, int length, int ssrc, long index, int trailer, boolean control) throws GeneralSecurityException {
        crypt(packet, clear, length, ssrc, index);
        authenticate(packet, length, trailer);
        System.arraycopy(tag, 0, packet, length, tagBytes);
        return length + tagBytes;
    }

    @Override
    public int open(byte[] packet, int clear, int length, int ssrc, long index, int trailer, boolean control) throws GeneralSecurityException {
        int plain = length - tagBytes;
        if (plain < clear) {
            return -1;
        }
        authenticate(packet, plain, trailer);
        int difference = 0;
        for (int i = 0; i < tagBytes; i++) {
            difference |= tag[i] ^ packet[plain + i];
        }
        if (difference != 0) {
            return -1;
        }
        if (!control || trailer < 0) {
            crypt(packet, clear, plain, ssrc, index);
        }
        return plain;
    }

    private void authenticate(byte[] packet, int length, int trailer) throws GeneralSecurityException {
        Bytes.i32(trail, 0, trailer);
        mac.update(packet, 0, length);
        mac.update(trail);
        mac.doFinal(tag, 0);
    }

    private void crypt(byte[] packet, int clear, int length, int ssrc, long index) throws GeneralSecurityException {
        byte[] iv = salt.clone();
        Bytes.xor(iv, 4, ssrc, 4);
        Bytes.xor(iv, 8, index, 6);
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
        cipher.doFinal(packet, clear, length - clear, packet, clear);
    }
}

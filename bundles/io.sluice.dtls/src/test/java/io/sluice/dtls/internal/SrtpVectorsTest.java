package io.sluice.dtls.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** RFC 3711 appendix B, RFC 7714 sections 16 and 17. */
class SrtpVectorsTest {
    private static final byte[] MASTER_KEY = hex("E1F97A0D3E018BE0D64FA32C06DE4139");
    private static final byte[] MASTER_SALT = hex("0EC675AD498AFEEBB6960B3AABE6");
    private static final byte[] GCM_KEY = hex("000102030405060708090a0b0c0d0e0f");
    private static final byte[] GCM_SALT = hex("517569642070726f2071756f");

    @Test
    void keysAreDerivedAsAppendixB3Shows() throws Exception {
        SessionKeys keys = SessionKeys.media(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT);
        assertArrayEquals(hex("C61E7A93744F39EE10734AFE3FF7A087"), keys.encryption());
        assertArrayEquals(hex("30CBBC08863D8C85D49DB34A9AE1"), keys.salt());
        assertArrayEquals(hex("CEBE321F6FF7716B6FD4AB49AF256A156D38BAA4"), keys.authentication());
    }

    @Test
    void theKeystreamIsAppendixB2s() throws Exception {
        CounterPacketCipher cipher = new CounterPacketCipher(new SessionKeys(SrtpProfile.AES_CM_128_HMAC_SHA1_80, hex("2B7E151628AED2A6ABF7158809CF4F3C"), new byte[20],
            hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD")));
        byte[] zeros = new byte[48 + 10];
        cipher.seal(zeros, 0, 48, 0, 0, 0, false);
        assertArrayEquals(hex("E03EAD0935C95E80E166B16DD92B4EB4D23513162B02D0F72A43A2FE4A5F97AB41E95B3BB0A2E8DD477901E4FCA894C0"), Arrays.copyOf(zeros, 48));
    }

    @Test
    void aPacketIsSealedAsRfc7714Section16Shows() throws Exception {
        byte[] plain = hex("8040f17b8041f8d35501a0b247616c6c696120657374206f6d6e697320646976697361206 96e207061727465732074726573".replace(" ", ""));
        byte[] sealed = hex("8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf765ee4390cce");
        SessionKeys keys = new SessionKeys(SrtpProfile.AEAD_AES_128_GCM, GCM_KEY, new byte[0], GCM_SALT);
        byte[] packet = Arrays.copyOf(plain, plain.length + 16);
        assertEquals(sealed.length, new SrtpSender(keys, keys).protect(packet, plain.length));
        assertArrayEquals(sealed, packet);
        assertEquals(plain.length, new SrtpReceiver(keys, keys).open(packet, packet.length));
        assertArrayEquals(plain, Arrays.copyOf(packet, plain.length));
    }

    @Test
    void aPacketOfCounterModeIsSealedLikeEverybodyElsesIs() throws Exception {
        byte[] plain = hex("800f1234decafbadcafebabe" + "ab".repeat(16));
        byte[] packet = Arrays.copyOf(plain, plain.length + 10);
        new SrtpSender(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT).protect(packet, plain.length);
        assertArrayEquals(hex("800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb"), packet);
        assertEquals(plain.length, new SrtpReceiver(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT).open(packet, packet.length));
    }

    @Test
    void aReportOfCounterModeIsSealedLikeEverybodyElsesIs() throws Exception {
        byte[] plain = hex("81c8000bcafebabe" + "ab".repeat(16));
        SrtpSender sender = new SrtpSender(SrtpProfile.AES_CM_128_HMAC_SHA1_80, MASTER_KEY, MASTER_SALT);
        sender.protectControl(Arrays.copyOf(plain, 64), plain.length);
        byte[] packet = Arrays.copyOf(plain, plain.length + 14);
        assertEquals(packet.length, sender.protectControl(packet, plain.length));
        assertArrayEquals(hex("81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798"), packet);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}

package io.sluice.dtls.internal;

/** The protection profiles that we agree to, in the order of our preference. */
enum SrtpProfile {
    /** RFC 7714 section 14.2. */
    AEAD_AES_128_GCM(7, 12, 16),
    /** RFC 5764 section 4.1.2. */
    AES_CM_128_HMAC_SHA1_80(1, 14, 10);

    static final int KEY_BYTES = 16;

    private final int code;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int code, int saltBytes, int tagBytes) {
        this.code = code;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /** In the use_srtp extension. */
    int code() {
        return code;
    }

    int saltBytes() {
        return saltBytes;
    }

    int tagBytes() {
        return tagBytes;
    }

    boolean aead() {
        return this == AEAD_AES_128_GCM;
    }

    /** What the handshake exports: both sides' keys, then both sides' salts. */
    int materialBytes() {
        return 2 * (KEY_BYTES + saltBytes);
    }

    /** Ours of what the peer offers, or null. */
    static SrtpProfile choose(int[] offered) {
        for (SrtpProfile ours : values()) {
            for (int code : offered) {
                if (code == ours.code) {
                    return ours;
                }
            }
        }
        return null;
    }
}

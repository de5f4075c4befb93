package io.sluice.format.sdp;

import java.util.HexFormat;

/** What a profile-level-id of H.264 (RFC 6184 section 8.1) asks of a decoder; each one decodes those before it, but for BASELINE's error tools that nobody uses. */
enum H264Profile {
    CONSTRAINED_BASELINE, BASELINE, MAIN, HIGH, HIGHER;

    private static final int BASELINE_IDC = 66;
    private static final int MAIN_IDC = 77;
    private static final int EXTENDED_IDC = 88;
    private static final int HIGH_IDC = 100;
    private static final int CONSTRAINT_1 = 0x40;
    private static final int CONSTRAINT_0 = 0x80;

    /** @param profileLevelId six hexadecimal digits; what is none counts as 42000a, the default */
    static H264Profile parse(String profileLevelId) {
        try {
            byte[] bytes = HexFormat.of().parseHex(profileLevelId);
            return bytes.length == 3 ? of(bytes[0] & 0xff, bytes[1] & 0xff) : BASELINE;
        } catch (IllegalArgumentException e) {
            return BASELINE;
        }
    }

    static H264Profile of(int idc, int constraints) {
        return switch (idc) {
            case BASELINE_IDC -> (constraints & CONSTRAINT_1) != 0 ? CONSTRAINED_BASELINE : BASELINE;
            case MAIN_IDC -> (constraints & CONSTRAINT_0) != 0 ? CONSTRAINED_BASELINE : MAIN;
            case EXTENDED_IDC -> MAIN;
            case HIGH_IDC -> HIGH;
            default -> HIGHER;
        };
    }
}

package io.sluice.dtls.internal;

/** The few facts of RTP and RTCP packets that SRTP needs, RFC 3550. */
final class RtpShape {
    static final int FIXED = 12;
    static final int CONTROL_FIXED = 8;

    private RtpShape() {
    }

    /** RFC 5761 section 4. */
    static boolean isControl(byte[] packet) {
        int type = packet[1] & 255;
        return type >= 192 && type <= 223;
    }

    /** Length of the fixed header, the CSRCs and the extension, or -1 where they do not fit. */
    static int headerBytes(byte[] packet, int length) {
        if (length < FIXED || (packet[0] & 0xC0) != 0x80) {
            return -1;
        }
        int bytes = FIXED + 4 * (packet[0] & 15);
        if ((packet[0] & 0x10) != 0) {
            if (bytes + 4 > length) {
                return -1;
            }
            bytes += 4 + 4 * Bytes.u16(packet, bytes + 2);
        }
        return bytes > length ? -1 : bytes;
    }
}

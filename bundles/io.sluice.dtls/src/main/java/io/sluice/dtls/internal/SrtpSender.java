package io.sluice.dtls.internal;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/** Protects what we send. Its indices only rise, whoever's packets they are. On one loop. */
final class SrtpSender {
    private static final int FLAG = 0x80000000;
    private static final int MAX_CONTROL_INDEX = 0x7FFFFFFF;

    private final PacketCipher media;
    private final PacketCipher control;
    /** Highest index of each of our sources. */
    private final Map<Integer, Long> highest = new HashMap<>();
    private long controlIndex;

    SrtpSender(SrtpProfile profile, byte[] key, byte[] salt) throws GeneralSecurityException {
        this(SessionKeys.media(profile, key, salt), SessionKeys.control(profile, key, salt));
    }

    SrtpSender(SessionKeys media, SessionKeys control) throws GeneralSecurityException {
        this.media = PacketCipher.of(media);
        this.control = PacketCipher.of(control);
    }

    /** @return the new length, or -1 when the sequence number does not rise or the packet is none */
    int protect(byte[] packet, int length) throws GeneralSecurityException {
        int header = RtpShape.headerBytes(packet, length);
        if (header < 0) {
            return -1;
        }
        int ssrc = Bytes.i32(packet, 8);
        Long last = highest.get(ssrc);
        long index = last == null ? Bytes.u16(packet, 2) : RollOver.index(last, Bytes.u16(packet, 2));
        if (last != null && index <= last) {
            return -1;
        }
        highest.put(ssrc, index);
        return media.seal(packet, header, length, ssrc, index, (int) (index >> 16), false);
    }

    /** The flag that it is encrypted and the index follow the packet: behind GCM's tag, before HMAC's. @return the new length, or -1 */
    int protectControl(byte[] packet, int length) throws GeneralSecurityException {
        if (length < RtpShape.CONTROL_FIXED || controlIndex > MAX_CONTROL_INDEX) {
            return -1;
        }
        int index = (int) controlIndex++;
        int trailer = index | FLAG;
        int sealed = control.seal(packet, RtpShape.CONTROL_FIXED, length, Bytes.i32(packet, 4), index, trailer, true);
        if (control instanceof CounterPacketCipher) {
            System.arraycopy(packet, length, packet, length + 4, sealed - length);
            Bytes.i32(packet, length, trailer);
        } else {
            Bytes.i32(packet, sealed, trailer);
        }
        return sealed + 4;
    }
}

package io.sluice.dtls.internal;

import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;

/** Opens what the peer sends, each packet once. On one loop. */
final class SrtpReceiver {
    /** Picture and sound in three sizes each with its repair have 8; who authenticates more is not let fill our memory. */
    private static final int MAX_SOURCES = 64;

    private final SrtpProfile profile;
    private final PacketCipher media;
    private final PacketCipher control;
    private final Map<Integer, ReplayWindow> sources = new HashMap<>();
    private final Map<Integer, ReplayWindow> controlSources = new HashMap<>();

    SrtpReceiver(SrtpProfile profile, byte[] key, byte[] salt) throws GeneralSecurityException {
        this(SessionKeys.media(profile, key, salt), SessionKeys.control(profile, key, salt));
    }

    SrtpReceiver(SessionKeys media, SessionKeys control) throws GeneralSecurityException {
        profile = media.profile();
        this.media = PacketCipher.of(media);
        this.control = PacketCipher.of(control);
    }

    /** @return the length of the packet within, or -1 when it is not authentic or came before */
    int open(byte[] packet, int length) throws GeneralSecurityException {
        int header = RtpShape.headerBytes(packet, length);
        if (header < 0) {
            return -1;
        }
        int ssrc = Bytes.i32(packet, 8);
        ReplayWindow window = window(sources, ssrc);
        long index = window.highest() < 0 ? Bytes.u16(packet, 2) : RollOver.index(window.highest(), Bytes.u16(packet, 2));
        if (index < 0 || !window.isNew(index)) {
            return -1;
        }
        int plain = media.open(packet, header, length, ssrc, index, (int) (index >> 16), false);
        return taken(sources, ssrc, window, index, plain);
    }

    /** @return the length of the compound within, or -1 when it is not authentic or came before */
    int openControl(byte[] packet, int length) throws GeneralSecurityException {
        if (length < RtpShape.CONTROL_FIXED + 4 + profile.tagBytes()) {
            return -1;
        }
        boolean tagLast = !profile.aead();
        int at = tagLast ? length - profile.tagBytes() - 4 : length - 4;
        int trailer = Bytes.i32(packet, at);
        int ssrc = Bytes.i32(packet, 4);
        ReplayWindow window = window(controlSources, ssrc);
        long index = trailer & 0x7FFFFFFF;
        if (!window.isNew(index) || profile.aead() && trailer >= 0) {
            return -1;
        }
        if (tagLast) {
            System.arraycopy(packet, at + 4, packet, at, profile.tagBytes());
        }
        int plain = control.open(packet, RtpShape.CONTROL_FIXED, length - 4, ssrc, index, trailer, true);
        return taken(controlSources, ssrc, window, index, plain);
    }

    private static ReplayWindow window(Map<Integer, ReplayWindow> known, int ssrc) {
        ReplayWindow window = known.get(ssrc);
        return window == null ? new ReplayWindow() : window;
    }

    private static int taken(Map<Integer, ReplayWindow> known, int ssrc, ReplayWindow window, long index, int plain) {
        if (plain < 0 || !known.containsKey(ssrc) && known.size() >= MAX_SOURCES) {
            return -1;
        }
        known.put(ssrc, window);
        window.add(index);
        return plain;
    }
}

package io.sluice.dtls.internal;

import java.security.GeneralSecurityException;

/** Seals and opens packets in place, for one direction and one of RTP and RTCP. Not thread-safe. */
interface PacketCipher {
    static PacketCipher of(SessionKeys keys) throws GeneralSecurityException {
        return keys.profile().aead() ? new GcmPacketCipher(keys) : new CounterPacketCipher(keys);
    }

    /**
     * @param packet with room for the tag behind it
     * @param clear  length of what is authenticated only, at the front
     * @param length of the packet
     * @param ssrc   of its sender
     * @param index  RTP: roll-over counter and sequence number, 48 bits; RTCP: its own, 31 bits
     * @param trailer what is authenticated behind the packet though it is not in it (RTP: roll-over counter) or comes after the tag (RTCP): four bytes
     * @param control of RTCP
     * @return the new length, without the trailer
     */
    int seal(byte[] packet, int clear, int length, int ssrc, long index, int trailer, boolean control) throws GeneralSecurityException;

    /** @param length of packet and tag. @return the length without the tag, or -1 when it is not authentic */
    int open(byte[] packet, int clear, int length, int ssrc, long index, int trailer, boolean control) throws GeneralSecurityException;
}

package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;

/**
 * Splits access units of one track into payloads of packets. The pieces of a unit that is too large for one packet are of equal size, the last one a little shorter, so
 * that the kernel can send them in one call. It keeps nothing from one unit to the next: two of them make the same packets of the same unit.
 */
public interface Packetiser {
    /** Room for payloads where 1,200 bytes is the largest packet with its RTP header, one header extension block and the tag of SRTP. */
    int DEFAULT_BYTES = 1140;

    /**
     * Splits one unit.
     *
     * @param unit in the form of {@link io.sluice.api.media.Codec}; borrowed, its indices stay
     * @param key  whether a decoder can start here
     * @param out  is asked for room once for each packet, in order
     * @throws RuntimeException where the unit is broken; out may have been given a beginning of it
     */
    void packetise(ByteBuf unit, boolean key, PayloadSink out);
}

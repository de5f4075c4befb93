package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;

/** Puts the packets of one stream together to access units. One thread. What it accumulates is bounded; {@link #close} releases it. */
public interface Depacketiser extends AutoCloseable {
    /**
     * Takes one packet, in order of sequence.
     *
     * @param payload   borrowed, its indices stay; an empty one is passed over
     * @param timestamp unwrapped
     * @param gap       whether packets are missing right before it
     * @throws io.sluice.format.rtp.RtpException where the payload is broken; the unit that it belongs to is told as lost
     */
    void packet(ByteBuf payload, long timestamp, boolean marker, boolean gap);

    @Override
    void close();
}

package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;

/** Takes payloads where its owner wants them: behind headers in one large buffer, for example. */
@FunctionalInterface
public interface PayloadSink {
    /**
     * Makes room for one payload.
     *
     * @param bytes  that will be written, before the next call
     * @param marker of the packet's header
     * @param ticks  of the codec's clock after the unit's own time; 0 but where sound is split
     * @return where to write; stays its owner's
     */
    ByteBuf packet(int bytes, boolean marker, int ticks);
}

package io.sluice.format.delivery;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;

/** Makes bytes of frames, for one receiver. Borrows the frames and the buffers. */
public interface Packer {
    /** About what a frame takes. */
    int sizeOf(Frame frame);

    /**
     * Appends a frame, and before it what a decoder must know where that is new; nothing where the frame is not carried.
     *
     * @throws IllegalArgumentException when none of the stream's tracks can be carried, in words
     */
    void pack(ByteBuf out, Frame frame);

    /** Appends what was held back, at the end. */
    default void finish(ByteBuf out) {
    }
}

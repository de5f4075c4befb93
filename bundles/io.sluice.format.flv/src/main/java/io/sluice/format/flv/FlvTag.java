package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;

/**
 * One tag of a file, Annex E.4.1.
 *
 * @param type            {@link #AUDIO}, {@link #VIDEO}, {@link #DATA} or what else the file says
 * @param timestampMillis decoding time, unsigned 32 bits
 * @param body            a slice of the buffer that was read, not retained
 */
public record FlvTag(int type, long timestampMillis, ByteBuf body) {
    public static final int AUDIO = 8;
    public static final int VIDEO = 9;
    public static final int DATA = 18;
    /** Type 1, size 3, time 3 + 1, stream id 3. */
    public static final int HEADER_BYTES = 11;
}

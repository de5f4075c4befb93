package io.sluice.streams.internal.feed;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Tracks;

/**
 * The muxed bytes of one frame.
 *
 * @param sequence the frame's number
 * @param bytes    not readable where the form leaves the frame out; each window that holds the chunk holds one reference
 * @param header   what a viewer needs before it can start here, or null where none can
 * @param tracks   of the frame
 * @param dtsNanos of the frame
 */
record Chunk(long sequence, ByteBuf bytes, byte[] header, Tracks tracks, long dtsNanos) {
    boolean start() {
        return header != null;
    }
}

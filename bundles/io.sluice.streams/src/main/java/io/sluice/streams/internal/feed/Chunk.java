package io.sluice.streams.internal.feed;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Tracks;

/**
 * The muxed bytes of one frame.
 *
 * @param sequence the frame's number
 * @param bytes    not readable where the form leaves the frame out; each window that holds the chunk holds one reference
 * @param header   what a viewer needs before it can start here; of the feed's first chunk also, or null
 * @param start    a viewer can start here
 * @param first    the feed's first: its bytes say nothing of a change of tracks just before
 * @param tracks   of the frame
 * @param dtsNanos of the frame
 */
record Chunk(long sequence, ByteBuf bytes, byte[] header, boolean start, boolean first, Tracks tracks, long dtsNanos) {
}

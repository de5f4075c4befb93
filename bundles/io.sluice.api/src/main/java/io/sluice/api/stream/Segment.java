package io.sluice.api.stream;

import io.netty.buffer.ByteBuf;

/**
 * A finished piece of a stream: bytes of the core from here on, found by path whichever version of the plugin is elected.
 *
 * @param path          relative to the form's place in the URL space of the stream, such as "0/17.ts"; never used twice for other bytes
 * @param sequence      media sequence number, rising by one
 * @param durationNanos of its media
 * @param ptsNanos      first presentation time, on the stream's timeline
 * @param wallMillis    Unix epoch of its first frame's arrival (EXT-X-PROGRAM-DATE-TIME)
 * @param discontinuity the timeline or the tracks broke before it
 * @param contentType   such as "video/mp2t"
 * @param data          owned by the store once handed over; readers retain
 */
public record Segment(String path, long sequence, long durationNanos, long ptsNanos, long wallMillis, boolean discontinuity, String contentType, ByteBuf data) {
}

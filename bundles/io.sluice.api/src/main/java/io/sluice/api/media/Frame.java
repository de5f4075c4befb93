package io.sluice.api.media;

import io.netty.buffer.ByteBuf;

/**
 * One access unit of one track.
 *
 * <p>Clock: nanoseconds on the stream's own timeline, which begins where the publisher's clock began and never wraps.
 * Frames arrive in decoding order per track; {@code dtsNanos} rises strictly within a track and an epoch.
 *
 * @param sequence       stream-wide number of this frame, rising by one
 * @param track          the track it belongs to
 * @param tracks         all tracks of the stream when it was written; identity changes with each change
 * @param ptsNanos       presentation time
 * @param dtsNanos       decoding time
 * @param key            a decoder can start here; always true for sound
 * @param arrivedMillis  wall clock (Unix epoch) when the stream took it
 * @param payload        the bytes, in the form that {@link Codec} says. Owned by the stream: whoever is handed a frame borrows
 *                       it for that call and retains what it keeps. Read by slices or duplicates, never by moving its indices.
 */
public record Frame(long sequence, Track track, Tracks tracks, long ptsNanos, long dtsNanos, boolean key, long arrivedMillis, ByteBuf payload) {
    public boolean isVideo() {
        return track.kind() == MediaKind.VIDEO;
    }

    public boolean isAudio() {
        return track.kind() == MediaKind.AUDIO;
    }
}

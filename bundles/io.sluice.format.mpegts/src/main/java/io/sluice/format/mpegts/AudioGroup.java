package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.format.codec.AdtsHeader;

/** Sound frames that wait to share a PES packet; its timestamp is the first one's, the others follow from their lengths. */
final class AudioGroup {
    /** A PES packet of sound says its length in 16 bits; half of that leaves room for any one frame more. */
    private static final int MAX_BYTES = 0x8000;

    private final TsTrack track;
    private final int framesPerPes;
    private final ByteBuf bytes = Unpooled.buffer(2048);
    private int frames;
    private long firstPts;

    AudioGroup(TsTrack track, int framesPerPes) {
        this.track = track;
        this.framesPerPes = framesPerPes;
    }

    boolean isEmpty() {
        return frames == 0;
    }

    boolean isFull() {
        return frames >= framesPerPes || bytes.readableBytes() >= MAX_BYTES;
    }

    /** The time of a frame would not be guessed rightly from those before it: more than half a frame away. */
    boolean breaks(long ptsNanos) {
        long frameNanos = track.frameNanos();
        return frames > 0 && (frameNanos == 0 || Math.abs(ptsNanos - firstPts - frames * frameNanos) > frameNanos / 2);
    }

    void add(long ptsNanos, ByteBuf payload) {
        if (payload.readableBytes() >= MAX_BYTES) {
            throw new IllegalArgumentException("a sound frame: wanted less than " + MAX_BYTES + " bytes, found " + payload.readableBytes());
        }
        if (track.aac() != null) {
            AdtsHeader.write(bytes, track.aac(), payload.readableBytes());
        }
        bytes.writeBytes(payload, payload.readerIndex(), payload.readableBytes());
        if (frames++ == 0) {
            firstPts = ptsNanos;
        }
    }

    long firstPts() {
        return firstPts;
    }

    void drainTo(ByteBuf pes) {
        pes.writeBytes(bytes);
        bytes.clear();
        frames = 0;
    }
}

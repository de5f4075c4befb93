package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Track;

/** Takes what a {@link Depacketiser} puts together. */
public interface UnitSink {
    /** What decoders must know from the next unit on. Comes before the first unit, and again with each change. */
    void track(Track track);

    /**
     * A whole access unit.
     *
     * @param timestamp its presentation time, unwrapped, in ticks of the codec's clock
     * @param unit      in the form of {@link io.sluice.api.media.Codec}; borrowed for this call
     */
    void unit(long timestamp, boolean key, ByteBuf unit);

    /** A unit that could not be put together, or that nobody can decode as its configuration has not come. What refers to it is damaged until the next key frame. */
    void lost(long timestamp);
}

package io.sluice.api.stream;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import org.osgi.annotation.versioning.ConsumerType;

/** Makes bytes of frames; one thread at a time, the stream's. */
@ConsumerType
public interface Muxer {
    /**
     * The bytes of one frame, preceded by new headers where {@code frame.tracks()} is another object than before. Every frame of the stream comes
     * here in order of sequence, each once.
     *
     * @return owned by the caller; not readable (for instance {@code Unpooled.EMPTY_BUFFER}) where this form leaves the frame out
     */
    ByteBuf mux(Frame frame);

    /** What a viewer gets first, when it starts with a frame of these tracks at this time: metadata and decoder configurations. Owned by the caller. */
    ByteBuf header(Tracks tracks, long startDtsNanos);
}

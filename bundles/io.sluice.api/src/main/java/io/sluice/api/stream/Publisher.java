package io.sluice.api.stream;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Track;
import io.sluice.api.net.Handle;
import java.util.List;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The right to write one stream. Given by the gate; used on one thread, its connection's loop. */
@ProviderType
public interface Publisher extends AutoCloseable {
    /** The stream's name after rules and rewrites. */
    String stream();

    /** Declares the tracks, all of them; again when one is added or changes. Frames of undeclared tracks are dropped and counted. */
    void tracks(List<Track> tracks);

    /**
     * Writes one frame. Times are nanoseconds of the publisher's own clock, unwrapped by whoever calls; the stream keeps that clock, re-anchors it where
     * it jumps (a discontinuity) and corrects a dts that does not rise.
     *
     * @param payload in the form that the track's codec says; borrowed, the stream copies it
     */
    void write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload);

    /** Told, on the connection's loop, when the core ends it: the reason. Replaces an earlier one. After it, writes go nowhere. */
    void onEnd(Consumer<String> reason);

    /** For a snapshot; {@link Streams#publisher} gives it back to the next version. */
    Handle handle();

    /** The media has ended. The stream stays for its grace time. */
    @Override
    void close();
}

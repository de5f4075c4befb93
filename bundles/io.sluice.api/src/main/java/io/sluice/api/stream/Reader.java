package io.sluice.api.stream;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Handle;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The right to read one stream, and a place in it. Given by the gate; used on its connection's loop. */
@ProviderType
public interface Reader extends AutoCloseable {
    /** The stream's name after rules, wildcards and fallback. */
    String stream();

    /** What addresses in playlists and pages for this viewer carry, so that the next request is known to be the same one's: an encoded query such as "tkn=abc", or "". */
    String links();

    /**
     * Reads the stream in a form that is muxed once for all who use it. Starts with the header and the last key frame; on a reader that came from a
     * {@link Handle}, goes on at exactly the frame after the last one that {@link #next} handed to the version before, without a header.
     *
     * @param readable called on the loop when {@link #next} has something after it had nothing, and when the stream ended
     */
    void open(FeedFormat format, Runnable readable);

    /**
     * The tracks that a form is given now: those that it carries, and those that processes make of others. Those of the stream itself are in {@link StreamInfo#tracks}.
     */
    default Tracks tracks(FeedFormat form) {
        return Tracks.NONE;
    }

    /**
     * The bytes of the next frame (or the header, or of several frames where {@link FeedFormat#joins}), owned by the caller; null when nothing is there yet or the stream has ended. A reader that fell behind the
     * stream's window goes on at the next key frame, which is counted.
     */
    ByteBuf next();

    /**
     * Reads the stream frame by frame, in no muxed form: for who makes bytes of its own. Once, in place of {@link #open}; not after a hand-over.
     *
     * @param readable called on the loop when {@link #nextFrame} has something after it had nothing, and when the stream ended
     */
    void frames(ReadFrom from, Runnable readable);

    /**
     * The next frame; the caller owns one reference to its payload and releases it. Null when nothing is there yet or the stream has ended. A reader that fell behind the
     * stream's window goes on at the next key frame, which is counted.
     */
    Frame nextFrame();

    /** True when the stream has ended and everything was handed out. */
    boolean ended();

    /** Why it ended, for the peer and the log. */
    String endReason();

    /** Told, on the connection's loop, when the core ends this viewer: the reason. Replaces an earlier one. After it, nothing more is handed out. */
    void onEnd(Consumer<String> reason);

    /**
     * Segments in the elected form of that name ("hls"); made once for all, from the first who asks on.
     *
     * @throws IllegalArgumentException when no plugin offers the form
     */
    Segments segments(String form);

    /** For a snapshot; {@link Streams#reader} gives it back to the next version. */
    Handle handle();

    @Override
    void close();
}

package io.sluice.format.container;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Makes files of frames: one object for a recording, which may be many files one after another. One thread at a time. Bytes are appended to a buffer of the caller's, always whole
 * frames, so that what was written up to any call is a file that plays. Frames are borrowed.
 */
public interface Container {
    /**
     * The beginning of a file.
     *
     * @param startNanos dts of its first frame
     * @param broke      the timeline or the tracks are not those of the file before
     */
    void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out);

    /**
     * Other tracks, or a break in the timeline ({@code broke}), in the middle of a file.
     *
     * @return false where this file cannot go on: it is ended, and the next one begun
     */
    boolean follow(Tracks tracks, boolean broke, ByteBuf out);

    /** Appends one frame of a track that is carried; others are left out. @throws IllegalArgumentException where the payload is broken: nothing of it was appended */
    void write(Frame frame, ByteBuf out);

    /** What is due at the end of a file. */
    void end(ByteBuf out);

    /** Mends what can be known at the end only, such as a length in the header, also where the disk was full before; blocks. */
    default void mend(FileChannel file) throws IOException {
    }

    /** Makes a better file of a finished and closed one, beside what is being recorded, where the format has one; takes as long as a copy and blocks. The file is whole without it. */
    default void polish(Path file) throws IOException {
    }
}

package io.sluice.format.container;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.format.mpegts.TsOptions;
import io.sluice.format.mpegts.TsStream;

/** A transport stream; segments of one recording are one stream, so counters and times go on from file to file. A file that lost its beginning plays from the next key frame. */
record TsContainer(TsStream stream) implements Container {
    /** Where key frames are rare, tables come each half second at 3 Mbit/s. Four sound frames a PES packet: 85 ms at 48 kHz, which nobody waits for in a file. */
    static final TsOptions OPTIONS = new TsOptions(1000, 4);

    @Override
    public void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out) {
        stream.begin(tracks, startNanos, broke, out);
    }

    @Override
    public boolean follow(Tracks tracks, boolean broke, ByteBuf out) {
        stream.follow(tracks, broke, out);
        return true;
    }

    @Override
    public void write(Frame frame, ByteBuf out) {
        stream.write(frame, out);
    }

    @Override
    public void end(ByteBuf out) {
        stream.flush(out);
    }
}

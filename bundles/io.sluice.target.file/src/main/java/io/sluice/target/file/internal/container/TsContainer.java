package io.sluice.target.file.internal.container;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.mpegts.TsMuxer;
import io.sluice.format.mpegts.TsOptions;
import io.sluice.format.mpegts.TsState;
import java.util.List;

/**
 * A transport stream; segments of one recording are one stream, so counters and times go on from file to file. PAT and PMT come before each key frame, so a player can start at
 * each, also in a file that lost its beginning.
 */
final class TsContainer implements Container {
    /** Where key frames are rare: half a second at 3 Mbit/s. Four sound frames a PES packet: 85 ms at 48 kHz, which nobody waits for in a file. */
    private static final TsOptions OPTIONS = new TsOptions(1000, 4);

    private final long startsAtNanos;
    private TsState state;
    private List<Track> carried;
    private TsMuxer muxer;
    private boolean based;
    private boolean broken;
    private long baseNanos;

    TsContainer() {
        this(TsState.NEW, 0);
    }

    /** Goes on after what is there. @param startsAtNanos time of the first frame */
    TsContainer(TsState state, long startsAtNanos) {
        this.state = state;
        this.startsAtNanos = startsAtNanos;
        this.broken = state != TsState.NEW;
    }

    @Override
    public void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out) {
        if (!based) {
            based = true;
            baseNanos = startNanos - startsAtNanos;
        }
        if (muxer == null) {
            open(tracks);
            muxer.tables(out);
        } else if (!change(tracks, broke, out)) {
            muxer.tables(out);
        }
    }

    @Override
    public boolean follow(Tracks tracks, boolean broke, ByteBuf out) {
        change(tracks, broke, out);
        return true;
    }

    private boolean change(Tracks tracks, boolean broke, ByteBuf out) {
        boolean changed = broke || !TsFormat.carriedBy(tracks).equals(carried);
        if (changed) {
            muxer.flush(out);
            state = muxer.state().nextTables();
            broken = true;
            open(tracks);
            muxer.tables(out);
        }
        return changed;
    }

    private void open(Tracks tracks) {
        carried = TsFormat.carriedBy(tracks);
        muxer = new TsMuxer(carried, OPTIONS, state, broken);
        broken = false;
    }

    @Override
    public void write(Frame frame, ByteBuf out) {
        if (frame.isVideo() && frame.key()) {
            muxer.tables(out);
        }
        muxer.write(frame.track().id(), frame.ptsNanos() - baseNanos, frame.dtsNanos() - baseNanos, frame.key(), frame.payload(), out);
    }

    @Override
    public void end(ByteBuf out) {
        muxer.flush(out);
    }
}

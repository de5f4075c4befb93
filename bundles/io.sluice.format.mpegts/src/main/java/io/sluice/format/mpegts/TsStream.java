package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import java.util.List;

/**
 * The frames of a stream as one transport stream, through all changes of its tracks and breaks of its timeline, which begin a new version of the tables with a discontinuity. PAT and
 * PMT come before each key frame, so a receiver can start at each. Bytes are appended to a buffer of the caller's; frames are borrowed. One thread at a time; nothing to close.
 */
public final class TsStream {
    /** As many as have room in one packet of tables, and some to spare. */
    private static final int MOST_TRACKS = 16;

    private final TsOptions options;
    private final long startsAtNanos;
    private TsState state;
    private List<Track> carried;
    private TsMuxer muxer;
    private boolean broken;
    private long baseNanos;

    public TsStream(TsOptions options) {
        this(options, TsState.NEW, 0);
    }

    /**
     * Goes on after what another has written.
     *
     * @param before        {@link TsState#NEW} where there is nothing
     * @param startsAtNanos time of the first frame here
     */
    public TsStream(TsOptions options, TsState before, long startsAtNanos) {
        this.options = options;
        this.state = before;
        this.startsAtNanos = startsAtNanos;
        this.broken = before != TsState.NEW;
    }

    /** Those tracks that travel; of more than 16 the first. */
    public static List<Track> carried(Tracks tracks) {
        return tracks.list().stream().filter(t -> TsMuxer.problem(t).isEmpty()).limit(MOST_TRACKS).toList();
    }

    /**
     * The tables, at the beginning, and wherever somebody may begin to read.
     *
     * @param tracks     of which at least one is carried
     * @param startNanos dts of the next frame; at the first call it becomes the beginning of time
     * @param broke      the timeline is not that of the frames before
     */
    public void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out) {
        if (muxer == null) {
            baseNanos = startNanos - startsAtNanos;
            open(carried(tracks));
            muxer.tables(out);
        } else if (!follow(tracks, broke, out)) {
            muxer.tables(out);
        }
    }

    /** Tracks or timeline may have changed. @return true where they have: the tables were written */
    public boolean follow(Tracks tracks, boolean broke, ByteBuf out) {
        List<Track> now = carried(tracks);
        boolean changed = broke || !now.equals(carried);
        if (changed) {
            muxer.flush(out);
            state = muxer.state().nextTables();
            broken = true;
            open(now);
            muxer.tables(out);
        }
        return changed;
    }

    private void open(List<Track> now) {
        carried = now;
        muxer = new TsMuxer(carried, options, state, broken);
        broken = false;
    }

    /** @throws IllegalArgumentException where the payload is broken: nothing of it was written */
    public void write(Frame frame, ByteBuf out) {
        if (frame.isVideo() && frame.key()) {
            muxer.tables(out);
        }
        muxer.write(frame.track().id(), frame.ptsNanos() - baseNanos, frame.dtsNanos() - baseNanos, frame.key(), frame.payload(), out);
    }

    /** What waits for company. */
    public void flush(ByteBuf out) {
        muxer.flush(out);
    }
}

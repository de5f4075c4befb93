package io.sluice.target.http.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.delivery.Packer;
import io.sluice.format.delivery.Timeline;
import io.sluice.format.mpegts.TsMuxer;
import io.sluice.format.mpegts.TsOptions;
import io.sluice.format.mpegts.TsState;
import java.util.List;

/** Frames as a transport stream of all tracks that it can carry; tables come again with each key frame, so that a receiver may look in anywhere. */
final class TsPacker implements Packer {
    /** PAT and PMT about each 100 ms at 2 Mbit/s; a sound frame for itself, as it leaves with a picture anyway. */
    private static final TsOptions OPTIONS = new TsOptions(130, 1);
    private static final int PACKET_BYTES = 188;

    private final Timeline timeline = new Timeline();
    private TsMuxer muxer;
    private Tracks tracks;

    @Override
    public int sizeOf(Frame frame) {
        return (frame.payload().readableBytes() / (PACKET_BYTES - 4) + 6) * PACKET_BYTES;
    }

    @Override
    public void pack(ByteBuf out, Frame frame) {
        long dts = timeline.dtsNanos(frame);
        if (dts == Timeline.DROP) {
            return;
        }
        if (frame.tracks() != tracks) {
            tracks = frame.tracks();
            begin(out);
        } else if (frame.isVideo() && frame.key()) {
            muxer.tables(out);
        }
        muxer.write(frame.track().id(), dts + frame.ptsNanos() - frame.dtsNanos(), dts, frame.key(), frame.payload(), out);
    }

    private void begin(ByteBuf out) {
        List<Track> carried = tracks.list().stream().filter(t -> TsMuxer.problem(t).isEmpty()).toList();
        if (carried.isEmpty()) {
            throw new IllegalArgumentException(tracks.list().stream().findFirst().map(TsMuxer::problem).orElse("the stream has no track"));
        }
        if (muxer != null) {
            muxer.flush(out);
        }
        muxer = new TsMuxer(carried, OPTIONS, muxer == null ? TsState.NEW : muxer.state().nextTables(), muxer != null);
        muxer.tables(out);
    }
}

package io.sluice.protocol.hls.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Segment;
import io.sluice.api.stream.Segmenter;
import io.sluice.format.mpegts.TsMuxer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cuts a stream into MPEG-TS segments. Used on the stream's thread. */
final class HlsSegmenter implements Segmenter {
    static final String CONTENT_TYPE = "video/mp2t";
    private static final Logger LOG = LoggerFactory.getLogger(HlsSegmenter.class);
    private static final long MIN_DURATION_NANOS = 1_000_000;

    private final CutRule rule;
    private final BuildChoices choices;
    /** What one frame becomes is put together here, on the heap, and copied whole. */
    private final ByteBuf packets = Unpooled.buffer(64 * 1024);
    private SegmenterState state;
    private Tracks tracks;
    private CarriedTracks carried;
    private TsMuxer muxer;
    private OpenSegment open;
    private boolean discontinuity;
    private boolean forcedSaid;
    private long broken;
    private int expectedBytes = 256 * 1024;

    HlsSegmenter(CutRule rule, BuildChoices choices, SegmenterState state) {
        this.rule = rule;
        this.choices = choices;
        this.state = state;
    }

    @Override
    public void write(Frame frame, Consumer<Segment> finished) {
        if (frame.tracks() != tracks) {
            follow(frame.tracks(), finished);
        }
        if (!carried.carries(frame.track().id())) {
            return;
        }
        if (open != null) {
            cut(frame, finished);
        }
        if (open == null) {
            start(frame);
        }
        append(frame);
    }

    @Override
    public Snapshot finish(Consumer<Segment> finished) {
        if (open != null) {
            close(open.endDtsNanos(), finished);
        }
        return state.toSnapshot(choices.snapshotSchema());
    }

    /** Other tracks or another timeline: a discontinuity, unless what travels here stayed the same. */
    private void follow(Tracks now, Consumer<Segment> finished) {
        CarriedTracks next = CarriedTracks.of(now);
        String fingerprint = next.fingerprint(now.epoch());
        if (!next.problem().isEmpty()) {
            LOG.warn("hls: {}", next.problem());
        }
        tracks = now;
        carried = next;
        boolean first = state.tracks().isEmpty();
        boolean broke = !first && !fingerprint.equals(state.tracks());
        if (muxer != null && !broke) {
            return;
        }
        if (open != null) {
            close(open.endDtsNanos(), finished);
        }
        discontinuity |= broke;
        state = state.follow(fingerprint, broke);
        muxer = next.list().isEmpty() ? null : new TsMuxer(next.list(), choices.ts(), state.ts(), broke);
    }

    private void cut(Frame frame, Consumer<Segment> finished) {
        CutRule.Cut cut = rule.before(frame, open, carried, state.targetSeconds());
        if (cut == CutRule.Cut.FORCED && !forcedSaid) {
            LOG.warn("hls: wanted a key frame within {} ms and {} bytes, found none: segments are split where no decoder can start. Set a shorter key frame interval",
                rule.limitNanos(state.targetSeconds()) / 1_000_000, rule.maxBytes());
        }
        if (cut != CutRule.Cut.NO) {
            forcedSaid = cut == CutRule.Cut.FORCED;
            close(frame.dtsNanos(), finished);
        }
    }

    private void start(Frame first) {
        state = state.begin(first);
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(expectedBytes);
        open = new OpenSegment(buffer, first, state.anchor().wallMillisAt(first.dtsNanos()), discontinuity);
        discontinuity = false;
        muxer.tables(packets.clear());
        buffer.writeBytes(packets);
    }

    private void append(Frame frame) {
        packets.clear();
        try {
            muxer.write(frame.track().id(), frame.ptsNanos(), frame.dtsNanos(), frame.key(), frame.payload(), packets);
            open.note(frame);
        } catch (IllegalArgumentException e) {
            if (Long.bitCount(++broken) == 1) {
                LOG.warn("hls: left out {} broken frames so far, the last one of {}: {}", broken, frame.track(), e.getMessage());
            }
        }
        open.buffer().writeBytes(packets);
    }

    private void close(long endDtsNanos, Consumer<Segment> finished) {
        OpenSegment done = open;
        open = null;
        muxer.flush(packets.clear());
        done.buffer().writeBytes(packets);
        long duration = duration(done, endDtsNanos);
        int target = state.targetSeconds() == 0 ? rule.promise(duration) : state.targetSeconds();
        long sequence = state.nextSequence();
        state = state.end(target, done.discontinuity(), muxer.state());
        expectedBytes = done.bytes() + done.bytes() / 4;
        finished.accept(new Segment(SegmentPath.of(sequence, target), sequence, duration, done.ptsNanos(), done.wallMillis(), done.discontinuity(), CONTENT_TYPE,
            done.buffer()));
    }

    /** Up to where the next segment begins; where that is a hole in the media, up to its last frame. */
    private long duration(OpenSegment done, long endDtsNanos) {
        long limit = rule.limitNanos(state.targetSeconds());
        long whole = endDtsNanos - done.startDtsNanos();
        long media = whole > limit ? Math.min(limit, done.endDtsNanos() - done.startDtsNanos()) : whole;
        return Math.max(media, MIN_DURATION_NANOS);
    }
}

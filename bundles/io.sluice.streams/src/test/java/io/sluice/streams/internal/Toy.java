package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Segment;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segmenter;
import java.util.function.Consumer;

/** A segmented form whose bytes are the numbers of its frames. A version that refuses cannot go on from another's snapshot. */
record Toy(String version, UnpooledByteBufAllocator allocator, boolean refuses) implements SegmentFormat {
    @Override
    public Segmenter open(long targetNanos, Snapshot before) {
        if (refuses && before != null) {
            throw new IllegalArgumentException("cannot read " + before);
        }
        return new Cutter(targetNanos, before == null ? 0 : before.number("next"), before == null ? -1 : before.number("epoch"));
    }

    @Override
    public String problem(Tracks tracks) {
        return tracks.hasVideo() ? "" : "no picture";
    }

    private final class Cutter implements Segmenter {
        private final long target;
        private long next;
        private long epoch;
        private ByteBuf open;
        private Frame first;
        private long lastDts;
        private boolean broke;

        private Cutter(long target, long next, long epoch) {
            this.target = target;
            this.next = next;
            this.epoch = epoch;
        }

        @Override
        public void write(Frame frame, Consumer<Segment> finished) {
            if (open != null && frame.key() && frame.dtsNanos() - first.dtsNanos() >= target) {
                close(finished, frame.dtsNanos());
            }
            if (open == null) {
                if (!frame.key()) {
                    throw new IllegalStateException("frame " + frame.sequence() + " is no key frame");
                }
                open = allocator.directBuffer();
                first = frame;
                broke = epoch >= 0 && epoch != frame.tracks().epoch();
                epoch = frame.tracks().epoch();
            }
            open.writeLong(frame.sequence());
            lastDts = frame.dtsNanos();
        }

        private void close(Consumer<Segment> finished, long end) {
            ByteBuf data = open;
            open = null;
            finished.accept(new Segment(version + "/" + next, next++, end - first.dtsNanos(), first.ptsNanos(), first.arrivedMillis(), broke, "toy", data));
        }

        @Override
        public Snapshot finish(Consumer<Segment> finished) {
            if (open != null) {
                close(finished, lastDts);
            }
            return Snapshot.of(1).put("next", next).put("epoch", epoch).build();
        }
    }
}

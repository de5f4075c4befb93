package io.sluice.target.ts.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.push.PushProgress;
import io.sluice.format.delivery.Packer;
import io.sluice.format.mpegts.TsOptions;
import io.sluice.format.mpegts.TsStream;
import java.util.List;

/** A push's frames as one transport stream. One thread at a time. */
final class PushedStream implements Packer {
    /** Tables four times a second at 3 Mbit/s, for those who tune in; two sound frames a PES packet: 43 ms at 48 kHz. */
    private static final TsOptions OPTIONS = new TsOptions(500, 2);
    /** More media than this is missing: receivers are told. */
    private static final long GAP_NANOS = 2_000_000_000L;

    private final TsStream out = new TsStream(OPTIONS);
    private final PushProgress progress;
    private Tracks tracks;
    private boolean begun;
    private boolean carries;
    private long lastNanos;
    private long broken;

    PushedStream(PushProgress progress) {
        this.progress = progress;
    }

    @Override
    public int sizeOf(Frame frame) {
        return frame.payload().readableBytes() + 2048;
    }

    @Override
    public void pack(ByteBuf into, Frame frame) {
        boolean gap = begun && frame.key() && (frame.isVideo() || !frame.tracks().hasVideo()) && frame.dtsNanos() - lastNanos > GAP_NANOS;
        if (frame.tracks() != tracks || gap) {
            follow(frame, gap, into);
        }
        if (!carries || !begun) {
            return;
        }
        try {
            out.write(frame, into);
            lastNanos = Math.max(lastNanos, frame.dtsNanos());
        } catch (IllegalArgumentException e) {
            if (Long.bitCount(++broken) == 1) {
                progress.note(broken + " broken frames left out, the last one of " + frame.track() + ": " + e.getMessage());
            }
        }
    }

    private void follow(Frame frame, boolean gap, ByteBuf into) {
        Tracks now = frame.tracks();
        List<Track> fits = TsStream.carried(now);
        if (tracks == null || !now.list().equals(tracks.list())) {
            List<Track> left = now.list().stream().filter(t -> !fits.contains(t)).toList();
            if (fits.isEmpty() && !begun) {
                throw new IllegalArgumentException("no track of this stream travels in MPEG-TS: it has " + now.list());
            }
            if (!left.isEmpty()) {
                progress.note("left out, as MPEG-TS does not carry it: " + left);
            }
        }
        boolean broke = gap || tracks != null && now.epoch() != tracks.epoch();
        tracks = now;
        carries = !fits.isEmpty();
        if (carries) {
            out.begin(now, frame.dtsNanos(), broke, into);
            lastNanos = frame.dtsNanos();
            begun = true;
        }
    }

    long lastNanos() {
        return lastNanos;
    }

    @Override
    public void finish(ByteBuf into) {
        if (begun) {
            out.flush(into);
        }
    }
}

package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.MediaKind;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Reader;
import io.sluice.format.rtcp.FullIntraRequest;
import io.sluice.format.rtcp.Nack;
import io.sluice.format.rtcp.PictureLoss;
import io.sluice.format.rtcp.Rtcp;
import io.sluice.format.rtcp.RtcpPacket;
import io.sluice.format.rtp.RtpException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A peer that watches. On the association's loop. */
final class PlayMedia implements Media {
    private static final int SCHEMA = 1;
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Bench bench;
    private final PeerSession session;
    private final Reader reader;
    private final List<OutgoingTrack> tracks;
    private boolean flowing;
    private boolean closed;
    private boolean joined;
    /** The stream's time and the wall clock's at one moment, for reports: 0 while nothing was sent. */
    private long anchorPtsNanos;
    private long anchorUnixNanos;

    PlayMedia(Bench bench, PeerSession session, Reader reader, List<OutgoingTrack> tracks) {
        this.bench = bench;
        this.session = session;
        this.reader = reader;
        this.tracks = tracks;
        reader.onEnd(reason -> session.close(reader.stream() + " ends here: " + reason));
    }

    @Override
    public void ready() {
        if (!flowing && !closed) {
            flowing = true;
            if (!joined) {
                bench.wantKeyFrame(reader.stream());
            }
            reader.open(new RtpFeed(), this::pump);
            report();
            pump();
        }
    }

    private void pump() {
        if (!flowing || closed) {
            return;
        }
        if (!joined) {
            join();
        }
        while (session.association().writable()) {
            ByteBuf cut = reader.next();
            if (cut == null) {
                break;
            }
            send(cut, 0);
        }
        if (reader.ended()) {
            session.close(reader.stream() + " ended: " + reader.endReason());
        }
    }

    /**
     * What lies between the last key frame and now comes at once. Its pictures are sent a millisecond apart, so that the viewer shows the newest and is not behind for ever; of the
     * sound only the last goes.
     */
    private void join() {
        List<ByteBuf> burst = new ArrayList<>();
        for (ByteBuf cut = reader.next(); cut != null; cut = reader.next()) {
            if (cut.isReadable()) {
                burst.add(cut);
            } else {
                cut.release();
            }
        }
        if (burst.isEmpty()) {
            return;
        }
        joined = true;
        long newest = burst.stream().mapToLong(Cut::ptsNanos).max().orElse(0);
        int left = burst.size();
        for (ByteBuf cut : burst) {
            left--;
            OutgoingTrack track = track(cut);
            if (track != null && track.kind() == MediaKind.AUDIO && newest - Cut.ptsNanos(cut) > TimeUnit.MILLISECONDS.toNanos(60)) {
                cut.release();
            } else {
                long behindNanos = newest - Cut.ptsNanos(cut);
                send(cut, track == null || track.kind() == MediaKind.AUDIO ? 0 : Math.max(0, behindNanos / 1000 * track.clockRate() / 1_000_000 - (long) left * track.clockRate() / 1000));
            }
        }
    }

    /** Takes over the reference. */
    private void send(ByteBuf cut, long shiftTicks) {
        OutgoingTrack track = cut.isReadable() ? track(cut) : null;
        if (track == null) {
            cut.release();
            return;
        }
        if (anchorUnixNanos == 0) {
            anchorPtsNanos = Cut.ptsNanos(cut) + TimeUnit.SECONDS.toNanos(shiftTicks) / track.clockRate();
            anchorUnixNanos = unixNanos();
        }
        track.send(cut, shiftTicks, session);
    }

    private OutgoingTrack track(ByteBuf cut) {
        int id = Cut.track(cut);
        for (OutgoingTrack track : tracks) {
            if (track.trackId() == id) {
                return track;
            }
        }
        return null;
    }

    private static long unixNanos() {
        return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
    }

    /** Ties sound and picture together for the viewer. */
    private void report() {
        session.association().schedule(REPORT_NANOS, () -> {
            if (anchorUnixNanos != 0 && !closed) {
                long now = unixNanos();
                ControlOut.send(session, tracks.stream().map(t -> t.report(anchorPtsNanos + now - anchorUnixNanos, now)).toList());
            }
            report();
        });
    }

    @Override
    public void packet(ByteBuf packet) {
        // a viewer sends no media; browsers probe with empty packets
    }

    @Override
    public void control(ByteBuf compound) {
        try {
            for (RtcpPacket packet : Rtcp.parse(compound)) {
                if (packet instanceof Nack nack) {
                    tracks.stream().filter(t -> t.ssrc() == nack.media()).findFirst().ifPresent(t -> t.repeat(nack.sequences(), session));
                } else if (packet instanceof PictureLoss || packet instanceof FullIntraRequest) {
                    bench.wantKeyFrame(reader.stream());
                }
            }
        } catch (RtpException e) {
            // a report that nobody can read is one that was lost
        }
    }

    @Override
    public void writable() {
        pump();
    }

    @Override
    public void close() {
        left();
        reader.close();
    }

    @Override
    public void left() {
        closed = true;
        tracks.forEach(OutgoingTrack::close);
    }

    /** What was sent and may be asked for again stays with the old version. */
    @Override
    public Snapshot snapshot() {
        return Snapshot.of(SCHEMA).put("reader", reader.handle()).put("tracks", tracks.stream().map(OutgoingTrack::snapshot).toList()).put("joined", joined)
            .put("anchorPts", anchorPtsNanos).put("anchorUnix", anchorUnixNanos).build();
    }

    static PlayMedia resume(Bench bench, PeerSession session, Snapshot s) {
        List<OutgoingTrack> tracks = s.list("tracks", Snapshot.class).stream().map(OutgoingTrack::of).toList();
        boolean joined = s.flag("joined");
        PlayMedia media = new PlayMedia(bench, session, bench.streams().reader(s.handle("reader"), session.association()), tracks);
        media.joined = joined;
        media.anchorPtsNanos = s.number("anchorPts");
        media.anchorUnixNanos = s.number("anchorUnix");
        return media;
    }
}

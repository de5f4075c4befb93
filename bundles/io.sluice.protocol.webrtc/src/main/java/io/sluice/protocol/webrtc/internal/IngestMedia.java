package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Publisher;
import io.sluice.format.rtcp.Nack;
import io.sluice.format.rtcp.PictureLoss;
import io.sluice.format.rtcp.ReceiverReport;
import io.sluice.format.rtcp.Remb;
import io.sluice.format.rtcp.ReportBlock;
import io.sluice.format.rtcp.Rtcp;
import io.sluice.format.rtcp.RtcpPacket;
import io.sluice.format.rtcp.SenderReport;
import io.sluice.format.rtp.RtpException;
import io.sluice.format.rtp.RtpPacket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** A peer that publishes: packets to frames, and what has to be told to it meanwhile. On the association's loop, but for what says otherwise. */
final class IngestMedia implements Media {
    private static final int SCHEMA = 1;
    private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long REPORT_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** More often than encoders answer helps nobody. */
    private static final long PLI_NANOS = TimeUnit.MILLISECONDS.toNanos(300);
    /** For the second track to become known, once the first is. */
    private static final long TRACKS_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MAX_HELD = 256;

    /**
     * A media section that is taken.
     *
     * @param payloadType    of the peer's offer
     * @param rtxPayloadType -1 without repeats
     */
    record Section(int trackId, Codec codec, int payloadType, int rtxPayloadType) {
    }

    private record Held(int track, long ptsNanos, boolean key, byte[] payload) {
    }

    private final Bench bench;
    private final PeerSession session;
    private final Publisher publisher;
    private final List<IngestSource> sources;
    private final long own = Secrets.ssrc();
    private final Map<Integer, Track> tracks = new TreeMap<>();
    private final List<Held> held = new ArrayList<>();
    private boolean declared;
    private boolean closed;
    private long firstTrackNanos;
    private long reportedNanos;
    private long askedNanos;
    private long keyFrameNanos;

    IngestMedia(Bench bench, PeerSession session, Publisher publisher, List<Section> sections) {
        this.bench = bench;
        this.session = session;
        this.publisher = publisher;
        long now = bench.nanos();
        sources = sections.stream().map(s -> new IngestSource(s, this, now, bench.settings().repairNanos())).toList();
        reportedNanos = now;
        askedNanos = now - PLI_NANOS;
        keyFrameNanos = now;
        publisher.onEnd(reason -> session.close(publisher.stream() + " ends here: " + reason));
        bench.publishes(publisher.stream(), this);
    }

    @Override
    public void ready() {
        tick();
    }

    @Override
    public void packet(ByteBuf packet) {
        try {
            RtpPacket read = RtpPacket.parse(packet);
            for (IngestSource source : sources) {
                if (source.takes(read, packet, bench.nanos())) {
                    return;
                }
            }
        } catch (RtpException e) {
            session.association().complain(e.getMessage());
        }
    }

    @Override
    public void control(ByteBuf compound) {
        try {
            for (RtcpPacket packet : Rtcp.parse(compound)) {
                if (packet instanceof SenderReport report) {
                    sources.stream().filter(s -> s.ssrc() == report.ssrc()).forEach(s -> s.reported(report, bench.nanos()));
                    IngestSource.align(sources);
                }
            }
        } catch (RtpException e) {
            session.association().complain(e.getMessage());
        }
    }

    // --- from the sources ---

    void track(Track track) {
        if (track.equals(tracks.put(track.id(), track))) {
            return;
        }
        if (tracks.size() == 1 && !declared) {
            firstTrackNanos = bench.nanos();
        }
        if (declared || tracks.size() == sources.size()) {
            declare();
        }
    }

    void frame(Section section, long ptsNanos, boolean key, ByteBuf unit) {
        if (key && section.trackId() == 0) {
            keyFrameNanos = bench.nanos();
        }
        if (declared) {
            publisher.write(section.trackId(), ptsNanos, ptsNanos, key, unit);
        } else if (held.size() < MAX_HELD) {
            held.add(new Held(section.trackId(), ptsNanos, key, ByteBufUtil.getBytes(unit)));
        }
    }

    private void declare() {
        publisher.tracks(List.copyOf(tracks.values()));
        declared = true;
        held.forEach(f -> publisher.write(f.track, f.ptsNanos, f.ptsNanos, f.key, Unpooled.wrappedBuffer(f.payload)));
        held.clear();
    }

    // --- what the peer is told ---

    private void tick() {
        session.association().schedule(TICK_NANOS, () -> {
            long now = bench.nanos();
            sources.forEach(s -> s.poll(now));
            if (!declared && !tracks.isEmpty() && now - firstTrackNanos > TRACKS_NANOS) {
                declare();
            }
            List<RtcpPacket> out = new ArrayList<>();
            sources.forEach(s -> nack(s, now, out));
            long interval = bench.settings().keyFrameNanos();
            if (interval > 0 && now - keyFrameNanos > interval && now - askedNanos > interval) {
                pictureLoss(now, out);
            }
            if (now - reportedNanos >= REPORT_NANOS) {
                reportedNanos = now;
                report(now, out);
            }
            if (!out.isEmpty()) {
                ControlOut.send(session, out);
            }
            tick();
        });
    }

    private void nack(IngestSource source, long now, List<RtcpPacket> out) {
        List<Integer> missing = source.missing(now);
        if (!missing.isEmpty()) {
            out.add(new Nack(own, source.ssrc(), missing));
        }
    }

    private void report(long now, List<RtcpPacket> out) {
        List<ReportBlock> blocks = sources.stream().map(s -> s.report(now)).filter(Objects::nonNull).toList();
        if (!blocks.isEmpty()) {
            out.add(0, new ReceiverReport(own, blocks));
            out.add(new Remb(own, bench.settings().maxKbps() * 1000L, blocks.stream().map(ReportBlock::ssrc).toList()));
        }
    }

    private void pictureLoss(long now, List<RtcpPacket> out) {
        sources.stream().filter(s -> s.section().trackId() == 0 && s.ssrc() != 0).forEach(s -> {
            askedNanos = now;
            out.add(new PictureLoss(own, s.ssrc()));
        });
    }

    /** For a viewer, or as something was lost; not more often than is of use. Any thread. */
    void wantKeyFrame() {
        session.association().loop().execute(() -> {
            long now = bench.nanos();
            List<RtcpPacket> out = new ArrayList<>(1);
            if (!closed && now - askedNanos >= PLI_NANOS) {
                pictureLoss(now, out);
            }
            if (!out.isEmpty()) {
                ControlOut.send(session, out);
            }
        });
    }

    @Override
    public void writable() {
        // a publisher gets reports only
    }

    @Override
    public void close() {
        if (!declared && !tracks.isEmpty()) {
            declare();
        }
        left();
        publisher.close();
    }

    @Override
    public void left() {
        closed = true;
        bench.publishesNoMore(publisher.stream(), this);
        sources.forEach(IngestSource::close);
    }

    // --- versions ---

    /** Between two access units: half a one cannot be moved. */
    @Override
    public Snapshot snapshot() {
        if (!declared || sources.stream().anyMatch(s -> !s.betweenUnits())) {
            return null;
        }
        return Snapshot.of(SCHEMA).put("publisher", publisher.handle()).put("sources", sources.stream().map(IngestSource::snapshot).toList()).build();
    }

    static IngestMedia resume(Bench bench, PeerSession session, Snapshot s) {
        List<Snapshot> states = s.list("sources", Snapshot.class);
        List<Section> sections = states.stream().map(IngestSource::section).toList();
        IngestMedia media = new IngestMedia(bench, session, bench.streams().publisher(s.handle("publisher"), session.association()), sections);
        media.declared = true;
        for (int i = 0; i < sections.size(); i++) {
            media.sources.get(i).resume(states.get(i));
        }
        return media;
    }
}

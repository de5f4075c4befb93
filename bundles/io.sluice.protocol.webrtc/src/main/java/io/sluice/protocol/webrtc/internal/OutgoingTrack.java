package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.dtls.DtlsTransport;
import io.sluice.api.media.MediaKind;
import io.sluice.api.net.Snapshot;
import io.sluice.format.rtcp.NtpTime;
import io.sluice.format.rtcp.SenderReport;
import io.sluice.format.rtp.RtpClock;
import io.sluice.format.rtp.RtpPacket;
import java.util.List;

/** One track on its way to one viewer: puts the viewer's own headers before the payloads that all share. On the association's loop. */
final class OutgoingTrack implements AutoCloseable {
    private static final int OVERHEAD = RtpPacket.HEADER + 2 + DtlsTransport.TAIL_BYTES;

    private final int trackId;
    private final MediaKind kind;
    private final int payloadType;
    private final long ssrc;
    private final int rtxPayloadType;
    private final long rtxSsrc;
    private final int clockRate;
    private final SentCuts sent = new SentCuts();
    private final ByteBuf header = Unpooled.buffer(RtpPacket.HEADER + 2);
    private int sequence;
    private int rtxSequence;
    private long packets;
    private long bytes;

    /** @param rtxPayloadType -1, and then an SSRC of 0, where nothing is repeated */
    OutgoingTrack(int trackId, MediaKind kind, int payloadType, long ssrc, int rtxPayloadType, long rtxSsrc, int clockRate, int sequence, int rtxSequence) {
        this.trackId = trackId;
        this.kind = kind;
        this.payloadType = payloadType;
        this.ssrc = ssrc;
        this.rtxPayloadType = rtxPayloadType;
        this.rtxSsrc = rtxSsrc;
        this.clockRate = clockRate;
        this.sequence = sequence;
        this.rtxSequence = rtxSequence;
    }

    int trackId() {
        return trackId;
    }

    MediaKind kind() {
        return kind;
    }

    long ssrc() {
        return ssrc;
    }

    long rtxSsrc() {
        return rtxSsrc;
    }

    int clockRate() {
        return clockRate;
    }

    /**
     * Sends one frame.
     *
     * @param cut        taken over: it is kept for repeats
     * @param shiftTicks added to its timestamps
     */
    void send(ByteBuf cut, long shiftTicks, PeerSession session) {
        int first = sequence;
        try (SegmentRun run = new SegmentRun(session.association(), cut.readableBytes() + OVERHEAD * (1 + cut.readableBytes() / 100))) {
            int count = Cut.packets(cut, (index, marker, timestamp, payload) -> {
                RtpPacket.writeHeader(header.clear(), marker, payloadType, sequence, timestamp + shiftTicks & 0xFFFFFFFFL, ssrc);
                sequence = sequence + 1 & 0xFFFF;
                packets++;
                bytes += payload.readableBytes();
                if (session.transport().protect(header, payload, run.out())) {
                    run.added();
                }
            });
            sent.add(cut, first, count, shiftTicks);
        }
    }

    /** Packets that did not arrive go once more, in the stream for repeats (RFC 4588); those that are gone from memory stay lost. */
    void repeat(List<Integer> sequences, PeerSession session) {
        if (rtxPayloadType < 0) {
            return;
        }
        try (SegmentRun run = new SegmentRun(session.association(), sequences.size() * 1500)) {
            for (int lost : sequences) {
                sent.find(lost, (marker, timestamp, payload) -> {
                    RtpPacket.writeHeader(header.clear(), marker, rtxPayloadType, rtxSequence, timestamp, rtxSsrc);
                    header.writeShort(lost);
                    rtxSequence = rtxSequence + 1 & 0xFFFF;
                    if (session.transport().protect(header, payload, run.out())) {
                        run.added();
                    }
                });
            }
        }
    }

    /** @param ptsNanos what plays now on the stream's timeline, at the wall clock's unixNanos */
    SenderReport report(long ptsNanos, long unixNanos) {
        return new SenderReport(ssrc, NtpTime.of(unixNanos), RtpClock.ticks(ptsNanos, clockRate) & 0xFFFFFFFFL, packets & 0xFFFFFFFFL, bytes & 0xFFFFFFFFL, List.of());
    }

    @Override
    public void close() {
        sent.close();
    }

    Snapshot snapshot() {
        return Snapshot.of(1).put("track", trackId).put("kind", kind.name()).put("payloadType", payloadType).put("ssrc", ssrc).put("rtxPayloadType", rtxPayloadType).put("rtxSsrc", rtxSsrc)
            .put("clockRate", clockRate).put("sequence", sequence).put("rtxSequence", rtxSequence).put("packets", packets).put("bytes", bytes).build();
    }

    static OutgoingTrack of(Snapshot s) {
        OutgoingTrack track = new OutgoingTrack((int) s.number("track"), MediaKind.valueOf(s.text("kind")), (int) s.number("payloadType"), s.number("ssrc"), (int) s.number("rtxPayloadType"),
            s.number("rtxSsrc"), (int) s.number("clockRate"), (int) s.number("sequence"), (int) s.number("rtxSequence"));
        track.packets = s.number("packets");
        track.bytes = s.number("bytes");
        return track;
    }
}

package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.net.Snapshot;
import io.sluice.format.rtcp.NtpTime;
import io.sluice.format.rtcp.ReceptionStatistics;
import io.sluice.format.rtcp.ReportBlock;
import io.sluice.format.rtcp.SenderReport;
import io.sluice.format.rtp.ReorderBuffer;
import io.sluice.format.rtp.RtpClock;
import io.sluice.format.rtp.RtpException;
import io.sluice.format.rtp.RtpPacket;
import io.sluice.format.rtp.Rtx;
import io.sluice.format.rtp.Unwrapper;
import io.sluice.format.rtppayload.Depacketiser;
import io.sluice.format.rtppayload.PayloadFormats;
import io.sluice.format.rtppayload.UnitSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One track on its way in: packets in order, repaired, put together to units, timed. On the association's loop. */
final class IngestSource implements UnitSink, AutoCloseable {
    /** 20 Mbit/s for two seconds. */
    private static final int PACKETS = 4096;
    private static final int MAX_UNIT = 4 << 20;
    private static final int MOST_NACKS = 128;
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(60);
    /** Sound that is off by less is not noticed; by more than the most is no clock's fault. */
    private static final long ALIGN_NANOS = TimeUnit.MILLISECONDS.toNanos(15);
    private static final long ALIGN_MOST_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final IngestMedia.Section section;
    private final IngestMedia media;
    private final long beganNanos;
    private final long repairNanos;
    private final int clockRate;
    private ReorderBuffer order;
    private Unwrapper timestamps = Unwrapper.ofTimestamps();
    private Depacketiser units;
    private ReceptionStatistics statistics;
    private long ssrc;
    private boolean begun;
    private boolean marker = true;
    private boolean damaged;
    private long firstTicks;
    private long lastTicks;
    private long anchorNanos;
    /** Of the last sender report: its time on our timeline less its own; Long.MIN_VALUE before there was one. */
    private long senderOffsetNanos = Long.MIN_VALUE;

    IngestSource(IngestMedia.Section section, IngestMedia media, long nowNanos, long repairNanos) {
        this.section = section;
        this.media = media;
        this.beganNanos = nowNanos;
        this.repairNanos = repairNanos;
        clockRate = PayloadFormats.clock(section.codec());
        order = new ReorderBuffer(PACKETS, repairNanos);
        statistics = new ReceptionStatistics(clockRate);
        units = PayloadFormats.depacketiser(section.codec(), section.trackId(), PooledByteBufAllocator.DEFAULT, MAX_UNIT, this);
    }

    IngestMedia.Section section() {
        return section;
    }

    /** 0 before the first packet. */
    long ssrc() {
        return ssrc;
    }

    private boolean picture() {
        return section.codec().kind() == MediaKind.VIDEO;
    }

    /** @param packet borrowed. @return false where it is another track's */
    boolean takes(RtpPacket read, ByteBuf packet, long now) {
        if (read.payloadType() == section.payloadType()) {
            if (read.ssrc() != ssrc) {
                begin(read.ssrc());
            }
            statistics.received(read.sequence(), read.timestamp(), now);
            if (read.payloadBytes() > 0) {
                order.offer(RtpPacket.parse(copy(packet)), now);
            }
            poll(now);
            return true;
        }
        if (read.payloadType() == section.rtxPayloadType() && section.rtxPayloadType() >= 0) {
            repeated(packet, now);
            return true;
        }
        return false;
    }

    private static ByteBuf copy(ByteBuf packet) {
        return PooledByteBufAllocator.DEFAULT.buffer(packet.readableBytes()).writeBytes(packet, packet.readerIndex(), packet.readableBytes());
    }

    /** Another SSRC is another beginning. */
    private void begin(long newSsrc) {
        if (ssrc != 0) {
            order.close();
            order = new ReorderBuffer(PACKETS, repairNanos);
            timestamps = Unwrapper.ofTimestamps();
            statistics = new ReceptionStatistics(clockRate);
            begun = false;
        }
        ssrc = newSsrc;
    }

    private void repeated(ByteBuf packet, long now) {
        ByteBuf copy = copy(packet);
        RtpPacket original = ssrc == 0 ? null : Rtx.original(RtpPacket.parse(copy), section.payloadType(), ssrc);
        if (original == null) {
            copy.release();
        } else {
            order.offer(original, now);
            poll(now);
        }
    }

    /** Hands on what is in order; gives up what was waited for long enough. */
    void poll(long now) {
        for (RtpPacket packet = order.poll(now); packet != null; packet = order.poll(now)) {
            long ticks = timestamps.unwrap(packet.timestamp());
            if (!begun) {
                begun = true;
                firstTicks = ticks;
                anchorNanos = now - beganNanos;
            }
            lastTicks = ticks;
            marker = packet.marker();
            try {
                units.packet(packet.payload(), ticks, packet.marker(), order.gap());
            } catch (RtpException e) {
                lost(ticks);
            } finally {
                packet.buffer().release();
            }
        }
    }

    List<Integer> missing(long now) {
        List<Integer> out = new ArrayList<>();
        if (section.rtxPayloadType() >= 0 || picture()) {
            order.missing(now, AGAIN_NANOS, MOST_NACKS, out::add);
        }
        return out;
    }

    /** Null before the first packet. */
    ReportBlock report(long now) {
        return ssrc == 0 ? null : statistics.report(ssrc, now);
    }

    // --- from the depacketiser ---

    @Override
    public void track(Track track) {
        media.track(track);
    }

    /** What refers to a unit that was lost is left out: a picture with holes would be recorded. */
    @Override
    public void unit(long timestamp, boolean key, ByteBuf unit) {
        damaged &= !(key || !picture());
        if (!damaged) {
            media.frame(section, nanos(timestamp), key, unit);
        }
    }

    @Override
    public void lost(long timestamp) {
        if (picture()) {
            damaged = true;
            media.wantKeyFrame();
        }
    }

    // --- time ---

    /** On the timeline that begins with the session. */
    private long nanos(long ticks) {
        return anchorNanos + RtpClock.nanos(ticks - firstTicks, clockRate);
    }

    void reported(SenderReport report, long now) {
        statistics.reported(report, now);
        if (begun) {
            senderOffsetNanos = nanos(timestamps.peek(report.timestamp())) - NtpTime.unixNanos(report.ntp());
        }
    }

    /** Packets' times of arrival put sound and picture together only roughly; the sender's clock tells exactly. The picture stays, the sound moves. */
    static void align(List<IngestSource> sources) {
        IngestSource picture = sources.stream().filter(IngestSource::picture).findFirst().orElse(null);
        IngestSource sound = sources.stream().filter(s -> !s.picture()).findFirst().orElse(null);
        if (picture == null || sound == null || picture.senderOffsetNanos == Long.MIN_VALUE || sound.senderOffsetNanos == Long.MIN_VALUE) {
            return;
        }
        long skew = sound.senderOffsetNanos - picture.senderOffsetNanos;
        if (Math.abs(skew) > ALIGN_NANOS && Math.abs(skew) < ALIGN_MOST_NANOS) {
            sound.anchorNanos -= skew;
            sound.senderOffsetNanos -= skew;
        }
    }

    // --- versions ---

    boolean betweenUnits() {
        return (marker || !picture()) && order.deadlineNanos() == Long.MAX_VALUE && !damaged;
    }

    @Override
    public void close() {
        order.close();
        units.close();
    }

    Snapshot snapshot() {
        return Snapshot.of(1).put("track", section.trackId()).put("codec", section.codec().name()).put("payloadType", section.payloadType()).put("rtxPayloadType", section.rtxPayloadType())
            .put("ssrc", ssrc).put("begun", begun).put("firstTicks", firstTicks).put("lastTicks", lastTicks).put("anchorNanos", nanos(firstTicks)).build();
    }

    static IngestMedia.Section section(Snapshot s) {
        return new IngestMedia.Section((int) s.number("track"), Codec.valueOf(s.text("codec")), (int) s.number("payloadType"), (int) s.number("rtxPayloadType"));
    }

    void resume(Snapshot s) {
        ssrc = s.number("ssrc");
        begun = s.flag("begun");
        firstTicks = s.number("firstTicks");
        lastTicks = s.number("lastTicks");
        anchorNanos = s.number("anchorNanos");
        timestamps.unwrap(lastTicks);
    }
}

package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Track;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes frames as a transport stream of one programme (ISO/IEC 13818-1) into buffers of the caller. A frame is borrowed for its call. One thread at a time;
 * holds no pooled memory, so there is nothing to close.
 */
public final class TsMuxer {
    static final int FIRST_PID = 0x100;
    /** Section 2.7.2 wants a PCR at least every 100 ms. */
    private static final long PCR_TICKS = 7_200;

    private final List<TsTrack> tracks = new ArrayList<>();
    private final Map<Integer, TsTrack> byId = new HashMap<>();
    private final Map<Integer, AudioGroup> groups = new HashMap<>();
    private final Map<Integer, Long> lastDts = new HashMap<>();
    private final TsOptions options;
    private final PacketWriter packets;
    private final int tablesVersion;
    private final TsTrack clock;
    private final ByteBuf pes = Unpooled.buffer(64 * 1024);
    private boolean discontinuity;
    private long lastPcr;
    private long tablesAt;

    /**
     * @param carried tracks that have no {@link #problem}, at least one
     * @param before  what the muxer before left, or {@link TsState#NEW}
     * @param broken  the timeline is not that of the muxer before: the first PCR says so
     */
    public TsMuxer(List<Track> carried, TsOptions options, TsState before, boolean broken) {
        if (carried.isEmpty() || carried.size() > PsiWriter.MAX_TRACKS) {
            throw new IllegalArgumentException("a transport stream: wanted 1 to " + PsiWriter.MAX_TRACKS + " tracks, found " + carried.size());
        }
        for (Track track : carried) {
            TsTrack t = TsTrack.of(track, FIRST_PID + tracks.size());
            tracks.add(t);
            byId.put(track.id(), t);
            if (!t.isVideo()) {
                groups.put(t.pid(), new AudioGroup(t, options.audioFramesPerPes()));
            }
        }
        this.options = options;
        this.packets = new PacketWriter(before.continuity());
        this.tablesVersion = before.tablesVersion();
        this.clock = tracks.stream().filter(TsTrack::isVideo).findFirst().orElse(tracks.get(0));
        this.discontinuity = broken;
        this.lastPcr = broken ? TsState.NO_PCR : before.lastPcr();
    }

    /** Why a transport stream cannot carry the track, such as "AV1 video cannot travel in MPEG-TS", or "". */
    public static String problem(Track track) {
        return TsTrack.problem(track);
    }

    /** What the next muxer of this stream goes on from. */
    public TsState state() {
        return new TsState(packets.continuity(), tablesVersion, lastPcr);
    }

    /** Appends PAT and PMT. */
    public void tables(ByteBuf out) {
        packets.table(PsiWriter.PAT_PID, PsiWriter::pat, out);
        packets.table(PsiWriter.PMT_PID, packet -> PsiWriter.pmt(packet, tracks, clock.pid(), tablesVersion), out);
        tablesAt = packets.packets();
    }

    /**
     * Appends one frame, or keeps it for the PES packet that it shares with the next ones of its track. Frames come in decoding order in each track.
     *
     * @return false where the track is none of ours
     * @throws IllegalArgumentException where the payload is broken: then nothing of it was written
     */
    public boolean write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload, ByteBuf out) {
        TsTrack track = byId.get(trackId);
        if (track == null) {
            return false;
        }
        if (track.isVideo()) {
            video(track, ptsNanos, dtsNanos, key, payload, out);
        } else {
            audio(track, ptsNanos, payload, out);
        }
        return true;
    }

    /** Appends what waits for company: at the end of a segment. */
    public void flush(ByteBuf out) {
        for (TsTrack track : tracks) {
            AudioGroup group = groups.get(track.pid());
            if (group != null && !group.isEmpty()) {
                send(track, group, out);
            }
        }
    }

    private void video(TsTrack track, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload, ByteBuf out) {
        long dts = rising(track, TsClock.ticks(dtsNanos));
        long pts = Math.max(TsClock.ticks(ptsNanos), dts);
        pes.clear();
        PesWriter.header(pes, PesWriter.VIDEO, TsClock.masked(pts), TsClock.masked(dts));
        AccessUnitWriter.write(track, key, payload, pes);
        lastDts.put(track.pid(), dts);
        send(track, dts, key, out);
    }

    private void audio(TsTrack track, long ptsNanos, ByteBuf payload, ByteBuf out) {
        AudioGroup group = groups.get(track.pid());
        if (group.breaks(ptsNanos)) {
            send(track, group, out);
        }
        group.add(ptsNanos, payload);
        if (group.isFull()) {
            send(track, group, out);
        }
    }

    private void send(TsTrack track, AudioGroup group, ByteBuf out) {
        long pts = rising(track, TsClock.ticks(group.firstPts()));
        lastDts.put(track.pid(), pts);
        pes.clear();
        PesWriter.header(pes, PesWriter.AUDIO, TsClock.masked(pts), TsClock.masked(pts));
        group.drainTo(pes);
        if (track != clock) {
            lateClock(pts, out);
        }
        send(track, pts, track == clock, out);
    }

    private void send(TsTrack track, long dts, boolean randomAccess, ByteBuf out) {
        PesWriter.length(pes);
        if (options.tablesEveryPackets() > 0 && packets.packets() - tablesAt >= options.tablesEveryPackets()) {
            tables(out);
        }
        long pcr = track == clock ? pcr(dts, 1) : PacketWriter.NO_PCR;
        packets.pes(track.pid(), pes, pcr, randomAccess, discontinuity, out);
        discontinuity &= pcr == PacketWriter.NO_PCR;
    }

    /** Pictures come more slowly than a PCR must: sound drives the clock meanwhile. */
    private void lateClock(long dts, ByteBuf out) {
        if (lastPcr != TsState.NO_PCR) {
            long pcr = pcr(dts, PCR_TICKS);
            if (pcr != PacketWriter.NO_PCR) {
                packets.pcrOnly(clock.pid(), pcr, out);
            }
        }
    }

    /** The clock for a frame of this time, if it is at least so much later than the last: a clock never steps back. */
    private long pcr(long dts, long step) {
        long pcr = dts - TsClock.LEAD_TICKS;
        if (lastPcr != TsState.NO_PCR && pcr < lastPcr + step) {
            return PacketWriter.NO_PCR;
        }
        lastPcr = pcr;
        return TsClock.masked(pcr);
    }

    /** Two times that round to one tick, or that the stream had to correct, stay in order. */
    private long rising(TsTrack track, long ticks) {
        Long last = lastDts.get(track.pid());
        return last == null ? ticks : Math.max(ticks, last + 1);
    }
}

package io.sluice.testkit.hls;

import io.sluice.testkit.media.Kind;
import io.sluice.testkit.media.Seen;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads an MPEG transport stream (ISO/IEC 13818-1, 2.4) with one programme of H.264 and AAC, strictly, segment by segment: each must begin with PAT and PMT,
 * contain whole PES packets, and go on with the continuity counters of the one before. Times are unwrapped from 33 bits. One thread.
 */
public final class TsReader {
    private static final int PACKET = 188;
    private static final int H264 = 0x1B;
    private static final int AAC_ADTS = 0x0F;
    /** Below it are tables (ETSI EN 300 468, 5.1.3), of which this reader knows one; null packets are at the other end. */
    private static final int FIRST_FREE_PID = 0x20;
    private static final int NULL_PID = 0x1FFF;

    private final Map<Integer, Integer> counters = new HashMap<>();
    private final Map<Integer, Kind> tracks = new HashMap<>();
    private final Map<Integer, ByteArrayOutputStream> open = new HashMap<>();
    private final Map<Kind, List<Seen>> frames = new EnumMap<>(Kind.class);
    private final Map<Kind, Long> lastTicks = new EnumMap<>(Kind.class);
    private final List<String> faults = new ArrayList<>();
    private String where = "";
    private int pmtPid = -1;
    private TsFacts facts = TsFacts.NONE;

    /**
     * Reads one segment to its end.
     *
     * @param name          for the faults' text
     * @param discontinuity counters, tracks and times may begin anew
     * @return what it is made of
     */
    public TsFacts segment(String name, byte[] bytes, boolean discontinuity) {
        where = name;
        facts = TsFacts.NONE;
        if (discontinuity) {
            counters.clear();
            lastTicks.clear();
        }
        tracks.clear();
        pmtPid = -1;
        if (bytes.length == 0 || bytes.length % PACKET != 0) {
            fault(bytes.length + " bytes are not whole packets of " + PACKET);
        }
        for (int at = 0; at + PACKET <= bytes.length; at += PACKET) {
            packet(ByteBuffer.wrap(bytes, at, PACKET).slice(), at / PACKET);
        }
        open.keySet().stream().sorted().toList().forEach(this::finish);
        return facts;
    }

    private void packet(ByteBuffer p, int index) {
        if (p.get() != 0x47) {
            fault("packet " + index + " does not begin with 0x47");
            return;
        }
        int head = p.getShort() & 0xFFFF;
        int flags = p.get() & 0xFF;
        int pid = head & 0x1FFF;
        boolean start = (head & 0x4000) != 0;
        boolean payload = (flags & 0x10) != 0;
        facts = facts.packet();
        if (pid == NULL_PID || pid > 0 && pid < FIRST_FREE_PID) {
            return;
        }
        boolean announced = (flags & 0x20) != 0 && adaptation(p);
        if (payload) {
            continuity(pid, flags & 0x0F, announced, index);
            payload(pid, start, p, index);
        }
    }

    /** Skips the adaptation field; answers its discontinuity_indicator. */
    private static boolean adaptation(ByteBuffer p) {
        int length = p.get() & 0xFF;
        boolean discontinuity = length > 0 && (p.get(p.position()) & 0x80) != 0;
        p.position(Math.min(p.limit(), p.position() + length));
        return discontinuity;
    }

    private void continuity(int pid, int counter, boolean announced, int index) {
        Integer before = counters.put(pid, counter);
        if (before != null && !announced && counter != (before + 1 & 0x0F)) {
            fault("packet " + index + ", PID " + pid + ": continuity counter " + counter + " after " + before);
        }
    }

    private void payload(int pid, boolean start, ByteBuffer p, int index) {
        if (pid == 0) {
            facts = facts.pat();
            pat(p);
        } else if (pid == pmtPid) {
            pmt(p);
        } else if (tracks.containsKey(pid)) {
            media(pid, start, p, index);
        } else if (pmtPid < 0 || tracks.isEmpty()) {
            fault("packet " + index + ", PID " + pid + " comes before PAT and PMT");
        }
    }

    private void pat(ByteBuffer p) {
        p.position(p.position() + 1 + (p.get(p.position()) & 0xFF));
        pmtPid = p.getShort(p.position() + 10) & 0x1FFF;
    }

    private void pmt(ByteBuffer p) {
        p.position(p.position() + 1 + (p.get(p.position()) & 0xFF));
        int table = p.position();
        int end = table + 3 + (p.getShort(table + 1) & 0x0FFF) - 4;
        int at = table + 12 + (p.getShort(table + 10) & 0x0FFF);
        while (at + 5 <= end) {
            int type = p.get(at) & 0xFF;
            int pid = p.getShort(at + 1) & 0x1FFF;
            if (type == H264 || type == AAC_ADTS) {
                tracks.put(pid, type == H264 ? Kind.VIDEO : Kind.AUDIO);
            } else {
                fault("stream type " + type + " is none that this reader knows");
            }
            at += 5 + (p.getShort(at + 3) & 0x0FFF);
        }
    }

    private void media(int pid, boolean start, ByteBuffer p, int index) {
        if (start) {
            finish(pid);
            open.put(pid, new ByteArrayOutputStream());
        }
        ByteArrayOutputStream pes = open.get(pid);
        if (pes == null) {
            fault("packet " + index + ", PID " + pid + " goes on with a PES packet that did not begin in this segment");
        } else {
            pes.write(p.array(), p.arrayOffset() + p.position(), p.remaining());
        }
    }

    private void finish(int pid) {
        ByteArrayOutputStream bytes = open.remove(pid);
        if (bytes == null) {
            return;
        }
        Kind kind = tracks.get(pid);
        try {
            Pes pes = Pes.parse(bytes.toByteArray());
            long ticks = unwrapped(kind, pes.dts());
            facts = facts.pes(kind, ticks);
            if (kind == Kind.VIDEO) {
                add(kind, new Seen(AccessUnits.h264(pes.payload()), ticks / 90));
            } else {
                AccessUnits.adts(pes.payload(), ticks).forEach(f -> add(kind, f));
            }
        } catch (RuntimeException e) {
            fault(kind + " PES packet: " + e.getMessage());
        }
    }

    private void add(Kind kind, Seen frame) {
        frames.computeIfAbsent(kind, k -> new ArrayList<>()).add(frame);
    }

    private long unwrapped(Kind kind, long dts) {
        Long before = lastTicks.get(kind);
        long ticks = dts;
        if (before != null) {
            long step = dts - before << 31 >> 31;
            ticks = before + step;
            if (step <= 0) {
                fault(kind + " time goes from " + before + " to " + ticks + " ticks");
            }
        }
        lastTicks.put(kind, ticks);
        return ticks;
    }

    private void fault(String text) {
        faults.add(where + ": " + text);
    }

    /** Access units so far, in order. */
    public List<Seen> frames(Kind kind) {
        return List.copyOf(frames.getOrDefault(kind, List.of()));
    }

    /** What broke the rules so far. */
    public List<String> faults() {
        return List.copyOf(faults);
    }
}

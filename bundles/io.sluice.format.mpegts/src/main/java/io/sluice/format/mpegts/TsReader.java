package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads a transport stream of one programme whose tables fit one packet each, and writes down whatever a strict reader would object to. For tests and for
 * looking at streams: it keeps going where a player would.
 */
public final class TsReader {
    private final Consumer<TsUnit> units;
    private final List<String> problems = new ArrayList<>();
    private final Map<Integer, Integer> continuity = new HashMap<>();
    private final Map<Integer, Integer> streamTypes = new HashMap<>();
    private final Map<Integer, PesReader> open = new HashMap<>();
    private int pmtPid = -1;
    private int pcrPid = -1;
    private long pcr = -1;
    private long packets;
    private int tables;

    public TsReader(Consumer<TsUnit> units) {
        this.units = units;
    }

    /** Reads whole packets; moves the reader index to the end. */
    public void read(ByteBuf in) {
        while (in.readableBytes() >= PacketWriter.PACKET) {
            packet(in.readSlice(PacketWriter.PACKET));
        }
        if (in.isReadable()) {
            problem("wanted whole packets of 188 bytes, found " + in.readableBytes() + " bytes more");
        }
    }

    /** No more comes: what is open is handed out. */
    public void end() {
        open.values().forEach(p -> p.end(units));
        open.clear();
    }

    /** Forgets tables, clock and open units: what a player does between segments that need not follow each other. Counters stay, they are checked on. */
    public void nextSegment() {
        end();
        pmtPid = -1;
        streamTypes.clear();
        pcr = -1;
    }

    /** What was wrong, in words; empty for a good stream. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    public long packets() {
        return packets;
    }

    /** PATs seen. */
    public int tables() {
        return tables;
    }

    /** The last continuity counter of each PID. */
    public Map<Integer, Integer> continuity() {
        return Map.copyOf(continuity);
    }

    private void problem(String what) {
        problems.add("packet " + packets + ": " + what);
    }

    private void packet(ByteBuf p) {
        packets++;
        if (p.readUnsignedByte() != 0x47) {
            problem("wanted the sync byte 47");
            return;
        }
        int flags = p.readUnsignedShort();
        int control = p.readUnsignedByte();
        int pid = flags & 0x1fff;
        boolean hasPayload = (control & 0x10) != 0;
        boolean randomAccess = (control & 0x20) != 0 && adaptation(p, pid);
        counter(pid, control & 15, hasPayload);
        if (hasPayload) {
            payload(p, pid, (flags & 0x4000) != 0, randomAccess);
        }
    }

    private void counter(int pid, int counter, boolean hasPayload) {
        Integer last = continuity.put(pid, counter);
        int wanted = last == null ? counter : hasPayload ? last + 1 & 15 : last;
        if (counter != wanted) {
            problem("PID " + pid + ": wanted continuity counter " + wanted + ", found " + counter);
        }
    }

    /** @return the random access indicator */
    private boolean adaptation(ByteBuf p, int pid) {
        int length = p.readUnsignedByte();
        if (length > p.readableBytes()) {
            problem("PID " + pid + ": wanted an adaptation field within the packet, found " + length + " bytes");
            p.skipBytes(p.readableBytes());
            return false;
        }
        ByteBuf field = p.readSlice(length);
        if (length == 0) {
            return false;
        }
        int flags = field.readUnsignedByte();
        if ((flags & 0x10) != 0) {
            clock(pid, field.readUnsignedInt() << 1 | field.readUnsignedShort() >> 15, (flags & 0x80) != 0);
        }
        return (flags & 0x40) != 0;
    }

    private void clock(int pid, long value, boolean discontinuity) {
        if (pcrPid >= 0 && pid != pcrPid) {
            problem("PID " + pid + ": wanted PCRs on PID " + pcrPid + " only");
        }
        if (pcr >= 0 && !discontinuity && TsClock.distance(pcr, value) <= 0) {
            problem("PID " + pid + ": wanted a PCR after " + pcr + ", found " + value);
        }
        pcr = value;
    }

    private void payload(ByteBuf p, int pid, boolean start, boolean randomAccess) {
        if (pid == PsiWriter.PAT_PID || pid == pmtPid) {
            table(p, pid);
        } else if (streamTypes.containsKey(pid)) {
            elementary(p, pid, start, randomAccess);
        } else if (pid != 0x1fff) {
            problem("PID " + pid + " is in no table");
        }
    }

    private void table(ByteBuf p, int pid) {
        p.skipBytes(p.readUnsignedByte());
        int start = p.readerIndex();
        int length = p.getUnsignedShort(start + 1) & 0xfff;
        if (length > p.readableBytes() - 3 || Crc32Mpeg.of(p, start, start + 3 + length) != 0) {
            problem("PID " + pid + ": wanted a table in one packet with its CRC, found " + length + " bytes");
            return;
        }
        ByteBuf body = p.slice(start + 8, length - 9);
        if (pid == PsiWriter.PAT_PID) {
            tables++;
            body.skipBytes(2);
            pmtPid = body.readUnsignedShort() & 0x1fff;
        } else {
            programme(body);
        }
    }

    private void programme(ByteBuf body) {
        pcrPid = body.readUnsignedShort() & 0x1fff;
        body.skipBytes(body.readUnsignedShort() & 0xfff);
        streamTypes.clear();
        while (body.readableBytes() >= 5) {
            int type = body.readUnsignedByte();
            streamTypes.put(body.readUnsignedShort() & 0x1fff, type);
            body.skipBytes(body.readUnsignedShort() & 0xfff);
        }
    }

    private void elementary(ByteBuf p, int pid, boolean start, boolean randomAccess) {
        if (start) {
            PesReader before = open.remove(pid);
            if (before != null) {
                before.end(units);
            }
            open.put(pid, new PesReader(pid, streamTypes.get(pid), pcr, randomAccess, this::problem));
        }
        PesReader pes = open.get(pid);
        if (pes == null) {
            problem("PID " + pid + ": wanted the start of a PES packet first");
        } else {
            pes.add(p);
            if (pes.complete()) {
                open.remove(pid).end(units);
            }
        }
    }
}

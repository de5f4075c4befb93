package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.function.Consumer;

/** Puts one PES packet together. */
final class PesReader {
    /** Larger than any frame that the core takes; a stream that never starts a new unit ends here. */
    private static final int MAX_BYTES = 64 << 20;

    private final int pid;
    private final int streamType;
    private final long pcr;
    private final boolean randomAccess;
    private final Consumer<String> problem;
    private final ByteBuf bytes = Unpooled.buffer(1024, MAX_BYTES);

    PesReader(int pid, int streamType, long pcr, boolean randomAccess, Consumer<String> problem) {
        this.pid = pid;
        this.streamType = streamType;
        this.pcr = pcr;
        this.randomAccess = randomAccess;
        this.problem = problem;
    }

    void add(ByteBuf payload) {
        if (bytes.readableBytes() + payload.readableBytes() > MAX_BYTES) {
            problem.accept("PID " + pid + ": wanted a PES packet of at most " + MAX_BYTES + " bytes");
        } else {
            bytes.writeBytes(payload);
        }
    }

    /** All of a packet that said its length is there. */
    boolean complete() {
        return bytes.readableBytes() > 6 && bytes.getUnsignedShort(4) > 0 && bytes.readableBytes() >= 6 + bytes.getUnsignedShort(4);
    }

    void end(Consumer<TsUnit> units) {
        if (bytes.readableBytes() < 9 || bytes.getUnsignedMedium(0) != 1 || bytes.readableBytes() < 9 + bytes.getUnsignedByte(8)) {
            problem.accept("PID " + pid + ": wanted a PES header, found " + bytes.readableBytes() + " bytes of something else");
            return;
        }
        int length = bytes.getUnsignedShort(4);
        if (length != 0 && length != bytes.readableBytes() - 6) {
            problem.accept("PID " + pid + ": wanted a PES packet of " + length + " bytes, found " + (bytes.readableBytes() - 6));
        }
        int stamps = bytes.getUnsignedByte(7) >> 6;
        if (stamps < 2) {
            problem.accept("PID " + pid + ": wanted a PTS");
            return;
        }
        long pts = stamp(9);
        long dts = stamps == 3 ? stamp(14) : pts;
        byte[] payload = new byte[bytes.readableBytes() - 9 - bytes.getUnsignedByte(8)];
        bytes.getBytes(9 + bytes.getUnsignedByte(8), payload);
        check(pts, dts);
        units.accept(new TsUnit(pid, streamType, pts, dts, pcr, randomAccess, payload));
    }

    private void check(long pts, long dts) {
        if (TsClock.distance(dts, pts) < 0) {
            problem.accept("PID " + pid + ": wanted a PTS not before the DTS " + dts + ", found " + pts);
        }
        if (pcr >= 0 && TsClock.distance(pcr, dts) < 0) {
            problem.accept("PID " + pid + ": wanted a DTS not before the PCR " + pcr + ", found " + dts);
        }
    }

    private long stamp(int at) {
        return (long) (bytes.getUnsignedByte(at) & 0xe) << 29 | (long) (bytes.getUnsignedShort(at + 1) & 0xfffe) << 14 | bytes.getUnsignedShort(at + 3) >> 1;
    }
}

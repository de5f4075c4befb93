package io.sluice.format.container;

import io.sluice.format.mpegts.TsClock;
import io.sluice.format.mpegts.TsState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.HashMap;
import java.util.Map;

/**
 * The end of a transport stream that is gone on with: counters and clock as its last packets say (ISO/IEC 13818-1 sections 2.4.3.3 to 2.4.3.5).
 *
 * @param wholeBytes without what was cut in the middle of a packet
 * @param state      what the muxer goes on from
 * @param endNanos   where the next frame belongs
 */
record TsTail(long wholeBytes, TsState state, long endNanos) {
    private static final int PACKET = 188;
    /** Holds the last clock at any bit rate: one comes at least every 100 ms. */
    private static final long LOOKED_AT = 5000L * PACKET;
    /** After the last picture's clock: sound may reach a little further. */
    private static final long GAP_TICKS = 9_000;

    static TsTail of(FileChannel file) throws IOException {
        long whole = file.size() - file.size() % PACKET;
        long from = Math.max(0, whole - LOOKED_AT);
        ByteBuffer tail = ByteBuffer.allocate((int) (whole - from));
        while (tail.hasRemaining() && file.read(tail, from + tail.position()) > 0) {
            continue;
        }
        if (whole > 0 && tail.get(0) != 0x47) {
            throw new IOException("the file that is there is no transport stream: nothing is appended to it");
        }
        Map<Integer, Integer> continuity = new HashMap<>();
        long pcr = -1;
        for (int at = 0; at < tail.limit(); at += PACKET) {
            continuity.put(tail.getShort(at + 1) & 0x1fff, tail.get(at + 3) & 15);
            boolean clocked = (tail.get(at + 3) & 0x20) != 0 && tail.get(at + 4) >= 7 && (tail.get(at + 5) & 0x10) != 0;
            pcr = clocked ? (tail.getInt(at + 6) & 0xffffffffL) << 1 | tail.get(at + 10) >> 7 & 1 : pcr;
        }
        TsState state = whole == 0 ? TsState.NEW : new TsState(continuity, 1, TsState.NO_PCR);
        long ticks = pcr < 0 ? 0 : pcr + TsClock.LEAD_TICKS + GAP_TICKS - TsClock.OFFSET_TICKS;
        return new TsTail(whole, state, Math.max(0, ticks) * 100_000 / 9);
    }
}

package io.sluice.format.mpegts;

import java.util.Map;

/**
 * What a muxer leaves to the next one of the same stream.
 *
 * @param continuity    the last continuity counter of each PID, 0 to 15
 * @param tablesVersion version_number of the PMT, 0 to 31
 * @param lastPcr       the last clock that was sent, in ticks that do not wrap, or {@link #NO_PCR}
 */
public record TsState(Map<Integer, Integer> continuity, int tablesVersion, long lastPcr) {
    public static final long NO_PCR = Long.MIN_VALUE;
    public static final TsState NEW = new TsState(Map.of(), 0, NO_PCR);

    public TsState {
        continuity = Map.copyOf(continuity);
        tablesVersion &= 31;
    }

    /** For other tracks: the PMT changes, the clock may begin anywhere. */
    public TsState nextTables() {
        return new TsState(continuity, tablesVersion + 1, NO_PCR);
    }
}

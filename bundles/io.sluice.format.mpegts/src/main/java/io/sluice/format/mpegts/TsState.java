package io.sluice.format.mpegts;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a muxer leaves to the next one of the same stream.
 *
 * @param continuity    the last continuity counter of each PID, 0 to 15
 * @param tablesVersion version_number of the PMT, 0 to 31
 */
public record TsState(Map<Integer, Integer> continuity, int tablesVersion) {
    public static final TsState NEW = new TsState(Map.of(), 0);

    public TsState {
        continuity = Map.copyOf(new TreeMap<>(continuity));
        tablesVersion &= 31;
    }

    /** For other tracks: the PMT changes. */
    public TsState nextTables() {
        return new TsState(continuity, tablesVersion + 1);
    }
}

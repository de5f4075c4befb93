package io.sluice.streams.internal.visit;

import java.util.Set;

/** What a visit has counted, at one moment. */
record Counters(long sinceMillis, long endedMillis, long activeMillis, long bytesIn, long bytesOut, long packets, long packetsLost, long packetsRetransmitted, long positionMillis,
    boolean admitted, Set<String> tags) {
    /** Bytes that moved after everything else was over. */
    static Counters late(long millis, long in, long out) {
        return new Counters(millis, millis, millis, in, out, 0, 0, 0, 0, false, Set.of());
    }

    Counters plus(Counters o) {
        return new Counters(Math.min(sinceMillis, o.sinceMillis), Math.max(endedMillis, o.endedMillis), Math.max(activeMillis, o.activeMillis), bytesIn + o.bytesIn,
            bytesOut + o.bytesOut, packets + o.packets, packetsLost + o.packetsLost, packetsRetransmitted + o.packetsRetransmitted,
            Math.max(positionMillis, o.positionMillis), admitted || o.admitted, Tags.union(tags, o.tags));
    }
}

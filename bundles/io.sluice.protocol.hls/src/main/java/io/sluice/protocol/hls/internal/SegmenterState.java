package io.sluice.protocol.hls.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.net.Snapshot;
import io.sluice.format.mpegts.TsClock;
import io.sluice.format.mpegts.TsState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one segmenter leaves to the next, of this version or another.
 *
 * @param nextSequence    media sequence number of the next segment
 * @param discontinuities segments so far that began with a discontinuity
 * @param targetSeconds   EXT-X-TARGETDURATION, 0 while no segment is finished
 * @param anchor          wall clock and timeline of the continuous run, or null before the first frame
 * @param tracks          fingerprint of the tracks and the epoch that were carried last, "" before the first frame
 * @param segments        finished so far, by all versions (only in schema 2)
 */
record SegmenterState(long nextSequence, long discontinuities, int targetSeconds, SegmentAnchor anchor, String tracks, TsState ts, long segments) {
    /** What every version so far adds to timestamps; another sum would break the timeline. */
    private static final long OFFSET_TICKS = TsClock.OFFSET_TICKS;

    static SegmenterState fresh(long firstSequence) {
        return new SegmenterState(firstSequence, 0, 0, null, "", TsState.NEW, 0);
    }

    /** What is carried from here on; where the timeline or the tracks broke, the clock and the dates begin anew. */
    SegmenterState follow(String fingerprint, boolean broke) {
        return new SegmenterState(nextSequence, discontinuities, targetSeconds, broke ? null : anchor, fingerprint, broke ? ts.nextTables() : ts, segments);
    }

    /** A segment begins; the first one of a run sets the dates. */
    SegmenterState begin(Frame first) {
        SegmentAnchor now = anchor == null ? new SegmentAnchor(first.arrivedMillis(), first.dtsNanos()) : anchor;
        return new SegmenterState(nextSequence, discontinuities, targetSeconds, now, tracks, ts, segments);
    }

    /** A segment is finished. */
    SegmenterState end(int target, boolean discontinuity, TsState muxed) {
        return new SegmenterState(nextSequence + 1, discontinuities + (discontinuity ? 1 : 0), target, anchor, tracks, muxed, segments + 1);
    }

    /** Schema 2 says "next" where schema 1 says "sequence", and has "segments" besides. */
    Snapshot toSnapshot(int schema) {
        Snapshot.Builder out = Snapshot.of(schema).put(schema == 1 ? "sequence" : "next", nextSequence).put("discontinuities", discontinuities);
        out.put("targetSeconds", targetSeconds).put("tracks", tracks).put("offsetTicks", OFFSET_TICKS);
        if (anchor != null) {
            out.put("anchorWallMillis", anchor.wallMillis()).put("anchorDtsNanos", anchor.dtsNanos());
        }
        List<Long> pids = new ArrayList<>();
        List<Long> counters = new ArrayList<>();
        new TreeMap<>(ts.continuity()).forEach((pid, counter) -> {
            pids.add((long) pid);
            counters.add((long) counter);
        });
        out.put("pids", pids).put("counters", counters).put("tablesVersion", ts.tablesVersion()).put("lastPcr", ts.lastPcr());
        return (schema == 1 ? out : out.put("segments", segments)).build();
    }

    /** @throws IllegalArgumentException where the snapshot is of an unknown schema or says nonsense */
    static SegmenterState from(Snapshot in) {
        if (in.schema() != 1 && in.schema() != 2) {
            throw new IllegalArgumentException("a segmenter's snapshot: wanted schema 1 or 2, found " + in.schema());
        }
        try {
            if (in.number("offsetTicks") != OFFSET_TICKS) {
                throw new IllegalArgumentException("a segmenter's snapshot: wanted timestamps moved by " + OFFSET_TICKS + ", found " + in.number("offsetTicks"));
            }
            SegmentAnchor anchor = in.has("anchorWallMillis") ? new SegmentAnchor(in.number("anchorWallMillis"), in.number("anchorDtsNanos")) : null;
            TsState ts = new TsState(counters(in), Math.toIntExact(in.number("tablesVersion")), in.number("lastPcr"));
            return new SegmenterState(in.number(in.schema() == 1 ? "sequence" : "next"), in.number("discontinuities"),
                Math.toIntExact(in.number("targetSeconds")), anchor, in.text("tracks"), ts, in.schema() == 1 ? 0 : in.number("segments"));
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("a segmenter's snapshot (schema " + in.schema() + ") cannot be read: " + e.getMessage(), e);
        }
    }

    private static Map<Integer, Integer> counters(Snapshot in) {
        List<Long> pids = in.list("pids", Long.class);
        List<Long> counters = in.list("counters", Long.class);
        Map<Integer, Integer> out = new TreeMap<>();
        for (int i = 0; i < pids.size(); i++) {
            out.put(Math.toIntExact(pids.get(i)), Math.toIntExact(counters.get(i)));
        }
        return out;
    }
}

package io.sluice.format.matroska;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.format.files.Patch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records frames as Matroska (RFC 9559) or WebM: a segment of unknown size, which plays up to its last whole cluster however the file ends. Where the file can be patched in the end,
 * it gets its length, its size and the place of its index.
 *
 * <p>What it appends to the buffers of the caller is to be the file, from its first byte on. Frames are borrowed. One thread at a time; holds no pooled memory, so there is nothing
 * to close.
 *
 * <p>The recording begins at 0 with what is shown or heard first; times are rounded to milliseconds, each by itself. Whoever calls moves the times of a timeline that begins anew.
 * Tracks and configurations are fixed: for others, a new file.
 */
public final class MatroskaWriter {
    /** One byte each for their numbers. */
    private static final int MOST_TRACKS = 126;
    private static final long UNKNOWN = Long.MIN_VALUE;
    /** Blocks count with 16 bits from the time of their cluster. */
    private static final int FARTHEST_MILLIS = Short.MAX_VALUE;

    private final Map<Integer, RecordedTrack> tracks = new HashMap<>();
    private final MatroskaOptions options;
    private final HeaderOutput header;
    private final RecordedTrack leader;
    private final Cues cues;
    private final Cluster cluster = new Cluster();
    private boolean begun;
    private long originNanos;
    private long earliestMillis = Long.MAX_VALUE;
    private long shiftMillis = UNKNOWN;
    private long keyMillis = UNKNOWN;
    private long fileBytes;

    /**
     * @param carried tracks that have no {@link #problem}, 1 to 126
     * @throws IllegalArgumentException where one has
     */
    public MatroskaWriter(List<Track> carried, MatroskaKind kind, MatroskaOptions options) {
        if (carried.isEmpty() || carried.size() > MOST_TRACKS) {
            throw new IllegalArgumentException("a " + kind.label() + " file: wanted 1 to " + MOST_TRACKS + " tracks, found " + carried.size());
        }
        List<RecordedTrack> recorded = new ArrayList<>();
        for (Track track : carried) {
            if (!problem(track, kind).isEmpty()) {
                throw new IllegalArgumentException(problem(track, kind));
            }
            recorded.add(new RecordedTrack(recorded.size() + 1, track.kind() == MediaKind.VIDEO, CodecEntry.of(track).delayNanos()));
            tracks.put(track.id(), recorded.get(recorded.size() - 1));
        }
        this.options = options;
        this.header = new HeaderOutput(List.copyOf(carried), kind);
        this.leader = recorded.stream().filter(RecordedTrack::isVideo).findFirst().orElse(recorded.get(0));
        this.cues = new Cues(leader.number());
    }

    /** Why the file cannot carry the track, such as "AAC sound cannot travel in WebM", or "". */
    public static String problem(Track track, MatroskaKind kind) {
        return CodecEntry.problem(track, kind);
    }

    /**
     * Takes one frame, and appends the cluster that was whole before it. Frames come in decoding order in each track; a recording begins with a key frame.
     *
     * @return false where the track is none of ours
     */
    public boolean write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload, ByteBuf out) {
        RecordedTrack track = tracks.get(trackId);
        if (track == null || !payload.isReadable()) {
            return track != null;
        }
        begin(ptsNanos, out);
        long shown = RecordedTrack.millis(ptsNanos - originNanos);
        long millis = RecordedTrack.millis(ptsNanos - originNanos + track.delayNanos());
        if (!cluster.isEmpty() && whole(track, millis, key)) {
            drain(out);
        }
        if (track == leader && key && keyMillis == UNKNOWN) {
            keyMillis = millis;
        }
        if (shiftMillis == UNKNOWN) {
            earliestMillis = Math.min(earliestMillis, shown);
        }
        cluster.add(track.number(), millis, key, payload);
        track.saw(ptsNanos - originNanos, dtsNanos - originNanos);
        return true;
    }

    private void begin(long ptsNanos, ByteBuf out) {
        if (!begun) {
            begun = true;
            originNanos = ptsNanos;
            int from = out.writerIndex();
            header.write(out);
            fileBytes = out.writerIndex() - from;
        }
    }

    private boolean whole(RecordedTrack next, long millis, boolean key) {
        long length = cluster.relative(millis);
        return length >= options.longestMillis() || length < -FARTHEST_MILLIS || cluster.bytes() >= options.mostBytes()
            || next == leader && next.isVideo() && key && length >= options.shortestMillis();
    }

    private void drain(ByteBuf out) {
        if (shiftMillis == UNKNOWN) {
            shiftMillis = -earliestMillis;
        }
        if (keyMillis != UNKNOWN) {
            cues.add(Math.max(0, keyMillis + shiftMillis), fileBytes - header.segment());
            keyMillis = UNKNOWN;
        }
        int from = out.writerIndex();
        cluster.drain(shiftMillis, out);
        fileBytes += out.writerIndex() - from;
    }

    /**
     * Appends all that is left and the cues. Nothing may be written after it.
     *
     * @return what is to be changed in the file where that is possible: its length, its size and where the cues are
     */
    public List<Patch> finish(ByteBuf out) {
        if (!begun) {
            return List.of();
        }
        if (!cluster.isEmpty()) {
            drain(out);
        }
        long position = cues.isEmpty() ? 0 : fileBytes - header.segment();
        int from = out.writerIndex();
        if (!cues.isEmpty()) {
            cues.write(out);
        }
        fileBytes += out.writerIndex() - from;
        long end = tracks.values().stream().mapToLong(RecordedTrack::endMillis).max().orElse(0) + shiftMillis;
        return header.patches(fileBytes, position, end);
    }

    /** Bytes of the file until now. */
    public long fileBytes() {
        return fileBytes;
    }
}

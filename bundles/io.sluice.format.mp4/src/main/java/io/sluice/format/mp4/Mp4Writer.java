package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Track;
import io.sluice.format.files.Patch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Records frames as a fragmented MP4 file (ISO/IEC 14496-12 section 8.8): whatever is in whole fragments plays, however the file ends. {@link Mp4Finish} makes a plain file of it.
 *
 * <p>What it appends to the buffers of the caller is to be the file, from its first byte on. Frames are borrowed. One thread at a time; holds no pooled memory, so there is nothing
 * to close.
 *
 * <p>The recording begins at 0 with what is shown or heard first. A gap in a track makes its last sample before it longer; times that do not rise are made to, by one unit each, so
 * whoever calls moves the times of a timeline that begins anew. Tracks and configurations are fixed: for others, a new file.
 */
public final class Mp4Writer {
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final List<RecordedTrack> tracks = new ArrayList<>();
    private final Map<Integer, RecordedTrack> byId = new HashMap<>();
    private final Mp4Options options;
    private final RecordedTrack leader;
    /** Null where no index is wanted. */
    private final RandomAccess randomAccess;
    private final long origin;
    private long fragmentBegan = NOT_BEGUN;
    private long heldBytes;
    private long fileBytes;
    private int lengthBox;
    private int sequence;

    /**
     * @param carried tracks that have no {@link #problem}, at least one
     * @throws IllegalArgumentException where one has
     */
    public Mp4Writer(List<Track> carried, Mp4Options options) {
        this(carried, options, NOT_BEGUN);
    }

    /**
     * A track by itself, for a receiver that takes it while it comes (CMAF, ISO/IEC 23000-19, section 7.3): no index at the end. Tracks of one origin are in step.
     *
     * @param originNanos what becomes 0; nothing is to be decoded before it
     * @throws IllegalArgumentException where it has a {@link #problem}
     */
    public static Mp4Writer live(Track track, Mp4Options options, long originNanos) {
        return new Mp4Writer(List.of(track), options, originNanos);
    }

    private Mp4Writer(List<Track> carried, Mp4Options options, long origin) {
        if (carried.isEmpty()) {
            throw new IllegalArgumentException("an MP4 file: wanted a track, found none");
        }
        for (Track track : carried) {
            if (!problem(track).isEmpty()) {
                throw new IllegalArgumentException(problem(track));
            }
            RecordedTrack recorded = new RecordedTrack(track, tracks.size() + 1);
            tracks.add(recorded);
            byId.put(track.id(), recorded);
        }
        this.options = options;
        this.leader = tracks.stream().filter(RecordedTrack::isVideo).findFirst().orElse(tracks.get(0));
        this.origin = origin;
        this.randomAccess = origin == NOT_BEGUN ? new RandomAccess(leader.number()) : null;
    }

    /** Why an MP4 file cannot carry the track, such as "A-law sound cannot travel in MP4", or "". */
    public static String problem(Track track) {
        return SampleEntryOutput.problem(track);
    }

    /**
     * Takes one frame, and appends the fragment that it makes whole. Frames come in decoding order in each track; a recording begins with a key frame.
     *
     * @return false where the track is none of ours
     */
    public boolean write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload, ByteBuf out) {
        RecordedTrack track = byId.get(trackId);
        if (track == null) {
            return false;
        }
        if (payload.isReadable()) {
            boolean whole = fragmentBegan != NOT_BEGUN && whole(track, dtsNanos, key);
            track.add(ptsNanos, dtsNanos, key, payload);
            heldBytes += payload.readableBytes();
            if (whole) {
                fragment(false, out);
                fragmentBegan = dtsNanos;
            }
            fragmentBegan = fragmentBegan == NOT_BEGUN ? dtsNanos : fragmentBegan;
        }
        return true;
    }

    private boolean whole(RecordedTrack next, long dtsNanos, boolean key) {
        long length = dtsNanos - fragmentBegan;
        return length >= options.longestNanos() || heldBytes >= options.mostBytes() || next == leader && next.isVideo() && key && length >= options.shortestNanos();
    }

    /**
     * Appends all that is left and, of a file, an index of the fragments. Nothing may be written after it.
     *
     * @return what is to be changed in the file where that is possible: its length
     */
    public List<Patch> finish(ByteBuf out) {
        fragment(true, out);
        if (sequence == 0 || randomAccess == null) {
            return List.of();
        }
        int from = out.writerIndex();
        randomAccess.write(out);
        fileBytes += out.writerIndex() - from;
        ByteBuf length = Unpooled.buffer(MovieOutput.LENGTH_BOX_BYTES);
        MovieOutput.length(length, tracks.stream().mapToLong(t -> t.end(MovieOutput.TIMESCALE)).max().orElse(0));
        return List.of(new Patch(lengthBox, length.array()));
    }

    /** Bytes of the file until now. */
    public long fileBytes() {
        return fileBytes;
    }

    /** @param last also the samples whose length nothing says */
    private void fragment(boolean last, ByteBuf out) {
        int from = out.writerIndex();
        if (sequence == 0) {
            begin(out);
        }
        List<FragmentOutput.Part> parts = new ArrayList<>();
        part(leader, last, parts);
        tracks.stream().filter(t -> t != leader).forEach(t -> part(t, last, parts));
        if (parts.isEmpty()) {
            out.writerIndex(from);
            return;
        }
        index(parts.get(0), fileBytes + out.writerIndex() - from);
        new FragmentOutput(out, ++sequence).write(parts);
        fileBytes += out.writerIndex() - from;
        heldBytes = tracks.stream().mapToLong(t -> t.mediaBytes(t.held())).sum();
    }

    private void begin(ByteBuf out) {
        long base = origin != NOT_BEGUN ? origin : tracks.stream().filter(t -> t.held() > 0).mapToLong(RecordedTrack::firstPts).min().orElse(0);
        tracks.forEach(t -> t.begin(base));
        lengthBox = new MovieOutput(tracks, out).write(origin != NOT_BEGUN);
    }

    private static void part(RecordedTrack track, boolean last, List<FragmentOutput.Part> parts) {
        int samples = track.held() - (last ? 0 : 1);
        if (samples > 0) {
            parts.add(FragmentOutput.Part.of(track, samples));
        }
    }

    private void index(FragmentOutput.Part first, long offset) {
        if (first.track() != leader || randomAccess == null) {
            return;
        }
        for (int i = 0; i < first.samples(); i++) {
            if (leader.key(i)) {
                long units = first.units()[i];
                randomAccess.add(units + leader.composition(i, units), offset, i + 1);
                return;
            }
        }
    }
}

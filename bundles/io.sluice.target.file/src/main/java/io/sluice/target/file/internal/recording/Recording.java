package io.sluice.target.file.internal.recording;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.push.PushProgress;
import io.sluice.format.container.Container;
import io.sluice.format.container.ContainerFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Executor;

/** Frames to files: one, or one segment after another. Any thread, one at a time; blocks. */
public final class Recording {
    /** One system call for about as much as a disk takes at once. */
    private static final int WRITE_BYTES = 256 * 1024;
    /** More media than this is missing: players are told. */
    private static final long GAP_NANOS = 2_000_000_000L;
    private static final long NONE = Long.MIN_VALUE;

    private final RecordingOptions options;
    private final RecordingNames names;
    private final Disk disk;
    private final PushProgress progress;
    private final RecordingTotals totals;
    private final SegmentList segments;
    private final KeptFiles kept;
    private final Executor aside;
    private Container container;
    private Tracks tracks;
    private List<Track> carried = List.of();
    private OpenFile open;
    private OpenFile polishing;
    private FileTimes times;
    private boolean looked;
    private boolean ending;
    private boolean broke;
    private long splitNanos;
    private long syncedAt = System.nanoTime();
    private long brokenFrames;

    /** @param aside for what takes as long as a copy of a file, one after another: the push may be over by then, RECORDING_END is told after it */
    public Recording(RecordingOptions options, RecordingNames names, Disk disk, PushProgress progress, KeptFiles kept, Executor aside) {
        this.aside = aside;
        this.options = options;
        this.names = names;
        this.disk = disk;
        this.progress = progress;
        this.kept = kept;
        this.totals = new RecordingTotals(options.format().extension());
        this.segments = new SegmentList(options, names, kept);
        this.splitNanos = options.splitNanos();
        this.container = options.format().open();
    }

    /**
     * Writes frames, which are borrowed; none is fine.
     *
     * @throws IOException with a sentence: the recording cannot go on, {@link #abort} is next
     */
    public void write(List<Frame> frames) throws IOException {
        if (!looked) {
            looked = true;
            look();
        }
        if (!frames.isEmpty()) {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(WRITE_BYTES + WRITE_BYTES / 4);
            try {
                for (Frame frame : frames) {
                    take(frame, buffer);
                }
                flush(buffer);
            } finally {
                buffer.release();
            }
        }
        if (options.syncNanos() > 0 && open != null && System.nanoTime() - syncedAt >= options.syncNanos()) {
            open.sync();
            syncedAt = System.nanoTime();
        }
    }

    /** Something was written that a power cut could take. */
    public boolean unsynced() {
        return options.syncNanos() > 0 && open != null && open.dirty();
    }

    /** Ends the files in order. @throws IOException with a sentence: {@link #abort} is next */
    public void finish() throws IOException {
        if (open != null) {
            ByteBuf buffer = PooledByteBufAllocator.DEFAULT.directBuffer(WRITE_BYTES);
            try {
                endFile(times.endNanos(), buffer);
            } finally {
                buffer.release();
            }
        }
        segments.end();
        if (polishing == null) {
            over();
        } else {
            aside.execute(this::over);
        }
    }

    /** After a failure: what is on the disk stays and plays; nothing is thrown. */
    public void abort() {
        if (open != null) {
            open.cut();
            if (!ending) { // else what would be mended tells of bytes that are not there
                quietly(() -> container.mend(open.channel()));
            }
            quietly(open::close);
            quietly(() -> segments.add(open.path(), times, times.endNanos()));
            open = null;
        }
        quietly(segments::end);
        over();
    }

    private interface Step {
        void run() throws IOException;
    }

    private void quietly(Step step) {
        try {
            step.run();
        } catch (IOException e) {
            progress.note("while ending: " + e.getMessage());
        }
    }

    private void over() {
        quietly(kept::end);
        if (totals.any()) {
            progress.recorded(totals.recording(segments.playlist()));
        }
    }

    /** Whether the place can be written to; said before any media comes. */
    private void look() throws IOException {
        Path there = names.look();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!Files.isWritable(there)) {
            throw new IOException(names.look() + " cannot be written: no access to " + there);
        }
    }

    private void take(Frame frame, ByteBuf buffer) throws IOException {
        boolean gap = times != null && frame.key() && times.leads(frame) && frame.dtsNanos() - times.lastNanos() > GAP_NANOS;
        if (frame.tracks() != tracks || gap) {
            follow(frame.tracks(), gap, buffer);
        }
        if (carried.stream().noneMatch(t -> t.id() == frame.track().id())) {
            return;
        }
        if (open != null && splitNanos > 0 && times.leads(frame) && frame.key() && times.isSince(frame, splitNanos)) {
            split(frame.dtsNanos(), buffer);
        }
        if (open == null) {
            if (frame.isVideo() && !frame.key()) {
                return; // no decoder could start here
            }
            beginFile(frame, buffer);
        }
        append(frame, buffer);
    }

    private void append(Frame frame, ByteBuf buffer) throws IOException {
        try {
            container.write(frame, buffer);
            times.note(frame);
            totals.note(frame);
        } catch (IllegalArgumentException e) {
            if (Long.bitCount(++brokenFrames) == 1) {
                progress.note(brokenFrames + " broken frames left out, the last one of " + frame.track() + ": " + e.getMessage());
            }
        }
        if (buffer.readableBytes() >= WRITE_BYTES) {
            flush(buffer);
        }
    }

    /** Other tracks, or a break in the timeline: a discontinuity, unless what is carried stayed the same. */
    private void follow(Tracks now, boolean gap, ByteBuf buffer) throws IOException {
        boolean first = tracks == null;
        List<Track> fits = options.format().carried(now);
        boolean breaks = !first && (gap || now.epoch() != tracks.epoch() || !fits.equals(carried));
        if (first || !now.list().equals(tracks.list())) {
            sayLeftOut(now, fits);
        }
        tracks = now;
        carried = fits;
        if (breaks) {
            progress.note(gap ? "media is missing here: a discontinuity" : "tracks or timeline have changed: a discontinuity");
            broke = true;
            if (open != null && (options.segmented() || fits.isEmpty() || !container.follow(now, true, buffer))) {
                endFile(times.endNanos(), buffer);
            } else if (open != null) {
                broke = false;
            }
        }
    }

    private void sayLeftOut(Tracks now, List<Track> fits) throws IOException {
        List<Track> out = now.list().stream().filter(t -> !fits.contains(t)).toList();
        String kind = "." + options.format().extension();
        if (fits.isEmpty() && !now.list().isEmpty() && !totals.any()) {
            throw new IOException("no track of this stream fits into a file " + kind + ": it has " + out);
        }
        if (!out.isEmpty()) {
            progress.note("left out, as " + kind + " does not carry it or only one: " + out);
        }
    }

    private void beginFile(Frame first, ByteBuf buffer) throws IOException {
        if (!totals.any()) {
            segments.begin();
        }
        Path path = names.next(first.dtsNanos());
        open = OpenFile.open(disk, path);
        kept.file(path);
        resume();
        times = new FileTimes(first, carried.stream().anyMatch(t -> t.kind() == MediaKind.VIDEO), broke || segments.continues(), broke ? null : times);
        container.begin(tracks, first.dtsNanos(), broke, buffer);
        broke = false;
        totals.begin(path, first);
        progress.running(segments.playlist() == null ? path.toString() : segments.playlist().toString());
    }

    private void resume() throws IOException {
        ContainerFormat.Resumed resumed = options.append() && !options.segmented() && !totals.any() ? options.format().resume(open.channel()) : null;
        container = resumed == null ? container : resumed.container();
        open.beginAt(resumed == null ? 0 : resumed.position());
    }

    private void split(long endNanos, ByteBuf buffer) throws IOException {
        long length = endNanos - times.startNanos();
        endFile(endNanos, buffer);
        if (options.adjustSplit() && length > 2 * splitNanos) {
            splitNanos = length / 2;
            progress.note("files are " + length / 1_000_000 + " ms long: split is " + splitNanos / 1_000_000 + " ms from here on");
        }
    }

    private void endFile(long endNanos, ByteBuf buffer) throws IOException {
        ending = true;
        container.end(buffer);
        flush(buffer);
        container.mend(open.channel());
        if (options.syncNanos() > 0) {
            open.sync();
        }
        OpenFile done = open;
        open = null;
        ending = false;
        if (options.format().polishes()) {
            polishing = done;
            aside.execute(() -> polish(done));
        } else {
            done.close();
        }
        segments.add(done.path(), times, endNanos);
    }

    /** Its lock is kept meanwhile, so nobody begins to write it. */
    private void polish(OpenFile file) {
        try {
            container.polish(file.path());
        } catch (IOException e) {
            progress.note(file.path() + " stays as it was while it was written: " + e.getMessage());
        }
        quietly(file::close);
    }

    private void flush(ByteBuf buffer) throws IOException {
        int bytes = buffer.readableBytes();
        if (bytes > 0) {
            open.write(buffer);
            totals.wrote(bytes);
            progress.out(bytes);
            progress.media(totals.lastNanos());
        }
    }
}

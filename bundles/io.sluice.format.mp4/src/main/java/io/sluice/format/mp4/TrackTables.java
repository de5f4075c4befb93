package io.sluice.format.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * The sample tables of one track of a plain file (ISO/IEC 14496-12 sections 8.6 and 8.7) as its fragments are read: entry by entry, so that nothing grows with the recording. Used
 * twice, first only to count.
 */
final class TrackTables implements SampleSink {
    final Table durations;
    final Table compositions;
    final Table keys;
    final Table sizes;
    final Table chunkRuns;
    final Table chunks;
    private final boolean wideOffsets;
    private long mediaStart;
    private long mediaEnd;
    private long moved;
    private long nextDts;
    private long firstDts;
    private int firstComposition;
    private long lastDts;
    private long lastDuration;
    private long presentedEnd;
    private boolean composed;
    private int samples;
    private long runDuration = -1;
    private int runDurations;
    private int runComposition;
    private int runCompositions;
    private long expectedOffset = -1;
    private int inChunk;
    private int runInChunk;

    /** @param table gives a new one for each: durations, compositions, keys, sizes, runs of chunks, chunks */
    TrackTables(Supplier<Table> table, boolean wideOffsets) {
        this.durations = table.get();
        this.compositions = table.get();
        this.keys = table.get();
        this.sizes = table.get();
        this.chunkRuns = table.get();
        this.chunks = table.get();
        this.wideOffsets = wideOffsets;
    }

    /** The samples that come next lie there in the fragmented file, and so much farther on in the plain one. */
    void media(long start, long end, long movedBy) {
        mediaStart = start;
        mediaEnd = end;
        moved = movedBy;
    }

    @Override
    public int count() {
        return 0;
    }

    @Override
    public long nextDts() {
        return nextDts;
    }

    @Override
    public void nextDts(long units) {
        nextDts = units;
    }

    @Override
    public void add(long offset, long size, long dts, int composition, boolean key, long duration) throws IOException {
        if (offset < mediaStart || size < 0 || offset > mediaEnd - size) {
            throw new Mp4Exception("sample " + (samples + 1) + " lies at byte " + offset + ", outside of the 'mdat' behind its 'moof'");
        }
        if (samples == 0) {
            firstDts = dts;
            firstComposition = composition;
        } else {
            duration(Math.max(1, Math.min(0xffff_ffffL, dts - lastDts)));
        }
        samples++;
        lastDts = dts;
        lastDuration = duration;
        presentedEnd = Math.max(presentedEnd, dts + composition + duration);
        composition(composition);
        if (key) {
            keys.next().putInt(samples);
        }
        sizes.next().putInt((int) size);
        place(offset, size);
    }

    private void duration(long units) throws IOException {
        if (units != runDuration && runDurations > 0) {
            durations.next().putInt(runDurations).putInt((int) runDuration);
            runDurations = 0;
        }
        runDuration = units;
        runDurations++;
    }

    private void composition(int units) throws IOException {
        composed |= units != 0;
        if (units != runComposition && runCompositions > 0) {
            compositions.next().putInt(runCompositions).putInt(runComposition);
            runCompositions = 0;
        }
        runComposition = units;
        runCompositions++;
    }

    private void place(long offset, long size) throws IOException {
        if (inChunk == 0 || offset != expectedOffset) {
            endChunk();
            ByteBuffer out = chunks.next();
            if (wideOffsets) {
                out.putLong(offset + moved);
            } else {
                out.putInt((int) (offset + moved));
            }
        }
        inChunk++;
        expectedOffset = offset + size;
    }

    /** At the end of a fragment. */
    void endChunk() throws IOException {
        if (inChunk > 0 && inChunk != runInChunk) {
            chunkRuns.next().putInt(chunks.entries()).putInt(inChunk).putInt(1);
            runInChunk = inChunk;
        }
        inChunk = 0;
    }

    /** After the last fragment. */
    void end() throws IOException {
        if (samples > 0) {
            duration(lastDuration);
            durations.next().putInt(runDurations).putInt((int) runDuration);
            compositions.next().putInt(runCompositions).putInt(runComposition);
        }
        for (Table table : new Table[] {durations, compositions, keys, sizes, chunkRuns, chunks}) {
            table.flush();
        }
    }

    int samples() {
        return samples;
    }

    boolean allKeys() {
        return keys.entries() == samples;
    }

    boolean composed() {
        return composed;
    }

    /** Decoding time of the first sample, which becomes 0. */
    long firstDts() {
        return firstDts;
    }

    int firstComposition() {
        return firstComposition;
    }

    /** From the first decoding time to the last one's end, in units. */
    long mediaDuration() {
        return lastDts + lastDuration - firstDts;
    }

    /** When the last sample has been shown or heard, in units of the fragments' timeline. */
    long presentedEnd() {
        return presentedEnd;
    }
}

package io.sluice.format.mp4;

import java.nio.ByteBuffer;

/** Where samples lie: chunks of samples in a row, 'stsc' and 'stco' or 'co64' (ISO/IEC 14496-12 sections 8.7.4 and 8.7.5). */
final class Chunks {
    private final ByteBuffer offsets;
    private final boolean wide;
    private final ByteBuffer runs;
    private long chunk;
    private long runFrom;
    private long samplesInChunk;
    private long nextRunFrom;
    private long nextSamplesInChunk;
    private long leftInChunk;
    private long position;

    Chunks(Box stbl) throws Mp4Exception {
        Box co64 = stbl.child("co64");
        wide = co64 != null;
        offsets = entries(wide ? co64 : stbl.required("stco"), wide ? 8 : 4);
        runs = entries(stbl.required("stsc"), 12);
        readRun();
    }

    private static ByteBuffer entries(Box box, int bytesEach) throws Mp4Exception {
        ByteBuffer in = box.fullReader(4);
        long entries = Integer.toUnsignedLong(in.getInt());
        box.need(8 + entries * bytesEach);
        return in.limit(in.position() + (int) entries * bytesEach);
    }

    /** Offset in the file of the next sample, which has so many bytes. */
    long next(long sampleBytes) throws Mp4Exception {
        while (leftInChunk == 0) {
            openChunk();
        }
        leftInChunk--;
        long at = position;
        position += sampleBytes;
        return at;
    }

    private void openChunk() throws Mp4Exception {
        if (!offsets.hasRemaining()) {
            throw new Mp4Exception("the sample table names " + chunk + " chunks, and samples are left over");
        }
        chunk++;
        if (nextRunFrom == chunk) {
            readRun();
        }
        position = wide ? offsets.getLong() : Integer.toUnsignedLong(offsets.getInt());
        leftInChunk = chunk >= runFrom ? samplesInChunk : 0;
    }

    /** Makes the run that was read ahead the current one and reads the next ahead. */
    private void readRun() throws Mp4Exception {
        boolean first = runFrom == 0 && nextRunFrom == 0;
        runFrom = nextRunFrom;
        samplesInChunk = nextSamplesInChunk;
        nextRunFrom = 0;
        if (runs.hasRemaining()) {
            nextRunFrom = Integer.toUnsignedLong(runs.getInt());
            nextSamplesInChunk = Integer.toUnsignedLong(runs.getInt());
            runs.getInt();
            if (nextRunFrom <= runFrom) {
                throw new Mp4Exception("'stsc' names chunk " + nextRunFrom + " after chunk " + runFrom + "; they must rise");
            }
        } else if (first) {
            throw new Mp4Exception("'stsc' is empty, and there are samples");
        }
    }
}

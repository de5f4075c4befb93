package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;

/**
 * The edit list of a track whose first decoding time has become 0 (ISO/IEC 14496-12 section 8.6.6): nothing until it begins, then its media from the first picture or sound on.
 *
 * @param empty         units of the movie
 * @param mediaTime     what comes first, in units of the track
 * @param movieDuration of both together, in units of the movie
 */
record PlainEdit(long empty, long mediaTime, long movieDuration) {
    private static final int ONE = 0x10000;

    /** @param fragmented the edits of the fragmented track, whose media has the time that the fragments say */
    static PlainEdit of(TrackTables tables, EditList fragmented, long timescale, long movieTimescale) {
        long shown = MediaTime.rescaled(fragmented.emptyUnits(), movieTimescale, timescale) - fragmented.mediaTime();
        long start = tables.firstDts() + tables.firstComposition() + shown;
        long cut = Math.max(0, -start);
        long empty = MediaTime.rescaled(Math.max(0, start), timescale, movieTimescale);
        long end = MediaTime.rescaled(tables.presentedEnd() + shown, timescale, movieTimescale);
        return new PlainEdit(empty, Math.max(0, tables.firstComposition() + cut), Math.max(0, end));
    }

    void write(ByteBuf out) {
        if (empty == 0 && mediaTime == 0) {
            return;
        }
        BoxOutput.box(out, "edts", () -> BoxOutput.full(out, "elst", 1, 0, () -> {
            out.writeInt(empty > 0 ? 2 : 1);
            if (empty > 0) {
                out.writeLong(empty).writeLong(-1).writeInt(ONE);
            }
            out.writeLong(movieDuration - empty).writeLong(mediaTime).writeInt(ONE);
        }));
    }
}

package io.sluice.format.mp4;

import java.nio.ByteBuffer;

/**
 * What 'elst' (ISO/IEC 14496-12 section 8.6.6) says about a track's beginning: how long nothing is shown, and which media time comes first. Later edits
 * (cuts inside the file) are not followed: all of the media plays, which keeps tracks in step because editors cut them alike.
 *
 * @param emptyUnits time before the media, in units of the movie
 * @param mediaTime  where the media begins, in units of the track
 */
record EditList(long emptyUnits, long mediaTime) {
    static final EditList NONE = new EditList(0, 0);

    static EditList of(Box trak) throws Mp4Exception {
        Box edts = trak.child("edts");
        Box elst = edts == null ? null : edts.child("elst");
        return elst == null ? NONE : parse(elst);
    }

    private static EditList parse(Box elst) throws Mp4Exception {
        boolean wide = elst.version() == 1;
        ByteBuffer in = elst.fullReader(4);
        long entries = Integer.toUnsignedLong(in.getInt());
        elst.need(8 + entries * (wide ? 20 : 12));
        long empty = 0;
        for (long i = 0; i < entries; i++) {
            long duration = wide ? in.getLong() : Integer.toUnsignedLong(in.getInt());
            long mediaTime = wide ? in.getLong() : in.getInt();
            in.getInt();
            if (mediaTime >= 0) {
                return new EditList(empty, mediaTime);
            }
            empty += duration;
        }
        return new EditList(empty, 0);
    }
}

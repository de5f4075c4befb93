package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;

/** Writes what stands before the fragments of a recording: 'ftyp', and 'moov' without samples (ISO/IEC 14496-12 sections 4.3 and 8.2 to 8.8). */
final class MovieOutput {
    /** As fine as pictures are timed. */
    static final int TIMESCALE = 90_000;
    /** 'mehd' of version 1 or the 'free' that keeps its place. */
    static final int LENGTH_BOX_BYTES = 20;

    private static final int ENABLED = 1;
    private static final int IN_MOVIE = 2;
    private static final int ONE = 0x10000;
    private static final int SELF_CONTAINED = 1;
    private static final int UNDETERMINED = 0x55c4;

    private final List<RecordedTrack> tracks;
    private final ByteBuf out;
    private int lengthBox;

    MovieOutput(List<RecordedTrack> tracks, ByteBuf out) {
        this.tracks = tracks;
        this.out = out;
    }

    /** @param cmaf it is a CMAF track @return where, from the first byte on, the place for the recording's length is */
    int write(boolean cmaf) {
        int start = out.writerIndex();
        if (cmaf) {
            fileType(out, "iso6", "iso6", "cmfc", "cmf2");
        } else {
            fileType(out, "iso6", "iso6", "iso2", "mp41");
        }
        BoxOutput.box(out, "moov", () -> {
            header();
            tracks.forEach(this::track);
            fragmentDefaults();
        });
        return lengthBox - start;
    }

    static void fileType(ByteBuf out, String major, String... compatible) {
        BoxOutput.box(out, "ftyp", () -> {
            BoxOutput.type(out, major);
            out.writeInt(0x200);
            for (String brand : compatible) {
                BoxOutput.type(out, brand);
            }
        });
    }

    private void header() {
        BoxOutput.full(out, "mvhd", 1, 0, () -> {
            out.writeZero(16).writeInt(TIMESCALE).writeLong(0).writeInt(ONE).writeShort(0x100).writeZero(10);
            matrix();
            out.writeZero(24).writeInt(tracks.size() + 1);
        });
    }

    private void matrix() {
        out.writeInt(ONE).writeZero(12).writeInt(ONE).writeZero(12).writeInt(0x4000_0000);
    }

    private void track(RecordedTrack t) {
        BoxOutput.box(out, "trak", () -> {
            trackHeader(t);
            if (t.shift() > 0) {
                BoxOutput.box(out, "edts", () -> BoxOutput.full(out, "elst", 1, 0, () -> out.writeInt(1).writeLong(0).writeLong(t.shift()).writeInt(ONE)));
            }
            BoxOutput.box(out, "mdia", () -> {
                mediaHeader(t);
                handler(t);
                BoxOutput.box(out, "minf", () -> mediaInformation(t));
            });
        });
    }

    /** Of several tracks of a kind the first is shown or heard; they are alternatives of one group. */
    private void trackHeader(RecordedTrack t) {
        boolean first = tracks.stream().filter(o -> o.isVideo() == t.isVideo()).findFirst().orElse(t) == t;
        BoxOutput.full(out, "tkhd", 1, first ? ENABLED | IN_MOVIE : IN_MOVIE, () -> {
            out.writeZero(16).writeInt(t.number()).writeInt(0).writeLong(0).writeZero(8);
            out.writeShort(0).writeShort(t.isVideo() ? 1 : 2).writeShort(t.isVideo() ? 0 : 0x100).writeShort(0);
            matrix();
            out.writeInt(t.track().width() << 16).writeInt(t.track().height() << 16);
        });
    }

    private void mediaHeader(RecordedTrack t) {
        BoxOutput.full(out, "mdhd", 1, 0, () -> out.writeZero(16).writeInt(t.timescale()).writeLong(0).writeShort(language(t.track().language())).writeShort(0));
    }

    /** ISO 639-2 in three times five bits, section 8.4.2; "und" for what has no such code. */
    private static int language(String tag) {
        try {
            String three = Locale.forLanguageTag(tag).getISO3Language();
            return three.matches("[a-z]{3}") ? three.charAt(0) - 0x60 << 10 | three.charAt(1) - 0x60 << 5 | three.charAt(2) - 0x60 : UNDETERMINED;
        } catch (MissingResourceException unknown) {
            return UNDETERMINED;
        }
    }

    private void handler(RecordedTrack t) {
        BoxOutput.full(out, "hdlr", 0, 0, () -> {
            out.writeInt(0);
            BoxOutput.type(out, t.isVideo() ? "vide" : "soun");
            out.writeZero(12);
            BoxOutput.type(out, t.isVideo() ? "Video" : "Sound");
            out.writeByte(0);
        });
    }

    private void mediaInformation(RecordedTrack t) {
        if (t.isVideo()) {
            BoxOutput.full(out, "vmhd", 0, 1, () -> out.writeZero(8));
        } else {
            BoxOutput.full(out, "smhd", 0, 0, () -> out.writeZero(4));
        }
        BoxOutput.box(out, "dinf", () -> BoxOutput.full(out, "dref", 0, 0, () -> {
            out.writeInt(1);
            BoxOutput.full(out, "url ", 0, SELF_CONTAINED, () -> { });
        }));
        BoxOutput.box(out, "stbl", () -> {
            BoxOutput.full(out, "stsd", 0, 0, () -> {
                out.writeInt(1);
                SampleEntryOutput.write(out, t.track());
            });
            BoxOutput.full(out, "stts", 0, 0, () -> out.writeInt(0));
            BoxOutput.full(out, "stsc", 0, 0, () -> out.writeInt(0));
            BoxOutput.full(out, "stsz", 0, 0, () -> out.writeLong(0));
            BoxOutput.full(out, "stco", 0, 0, () -> out.writeInt(0));
        });
    }

    private void fragmentDefaults() {
        BoxOutput.box(out, "mvex", () -> {
            lengthBox = out.writerIndex();
            BoxOutput.box(out, "free", () -> out.writeZero(LENGTH_BOX_BYTES - 8));
            tracks.forEach(t -> BoxOutput.full(out, "trex", 0, 0, () -> out.writeInt(t.number()).writeInt(1).writeZero(12)));
        });
    }

    /** The box that takes the place of 'free' when the recording's length is known. */
    static void length(ByteBuf out, long units) {
        BoxOutput.full(out, "mehd", 1, 0, () -> out.writeLong(units));
    }
}

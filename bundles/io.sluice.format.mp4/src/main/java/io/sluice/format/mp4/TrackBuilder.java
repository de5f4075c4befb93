package io.sluice.format.mp4;

import io.sluice.api.media.Track;
import java.nio.ByteBuffer;
import java.util.Locale;

/** One track while the file is being opened: facts from 'trak', samples from there and from fragments. */
final class TrackBuilder implements SampleSink {
    private final SampleEntry entry;
    private final EditList edits;
    private final long movieTimescale;
    private final SampleTable samples;
    private long nextDts;

    private TrackBuilder(SampleEntry entry, EditList edits, long movieTimescale, SampleTable samples) {
        this.entry = entry;
        this.edits = edits;
        this.movieTimescale = movieTimescale;
        this.samples = samples;
    }

    static int trackId(Box trak) throws Mp4Exception {
        Box tkhd = trak.required("tkhd");
        boolean wide = tkhd.version() == 1;
        ByteBuffer in = tkhd.fullReader(wide ? 20 : 12);
        return in.getInt(in.position() + (wide ? 16 : 8));
    }

    /** 'vide', 'soun' or what else the track is for. */
    static String handler(Box trak) throws Mp4Exception {
        ByteBuffer in = trak.required("mdia").required("hdlr").fullReader(8);
        in.getInt();
        return Box.typeOf(in.getInt());
    }

    static TrackBuilder of(SampleEntry entry, Box trak, long movieTimescale, long fileBytes, int room) throws Mp4Exception {
        Box mdia = trak.required("mdia");
        Box mdhd = mdia.required("mdhd");
        boolean wide = mdhd.version() == 1;
        ByteBuffer in = mdhd.fullReader(wide ? 30 : 18);
        in.position(in.position() + (wide ? 16 : 8));
        SampleTable samples = new SampleTable(Integer.toUnsignedLong(in.getInt()), fileBytes);
        in.position(in.position() + (wide ? 8 : 4));
        String language = language(in.getShort());
        Box stbl = mdia.required("minf").required("stbl");
        new StblReader(stbl, fileBytes).into(samples, room);
        EditList edits = EditList.of(trak);
        samples.checkTime(edits.mediaTime());
        return new TrackBuilder(new SampleEntry(spoken(entry.track(), language), entry.nalLengthBytes()), edits, movieTimescale, samples);
    }

    /** Three letters of five bits each (ISO 639-2); RFC 5646 wants the two-letter form where there is one. */
    static String language(int packed) {
        String three = "" + (char) (0x60 + (packed >> 10 & 31)) + (char) (0x60 + (packed >> 5 & 31)) + (char) (0x60 + (packed & 31));
        if (!three.matches("[a-z]{3}") || three.equals("und")) {
            return "";
        }
        for (String two : Locale.getISOLanguages()) {
            if (new Locale(two).getISO3Language().equals(three)) {
                return two;
            }
        }
        return three;
    }

    private static Track spoken(Track t, String language) {
        return new Track(t.id(), t.codec(), t.configuration(), t.width(), t.height(), t.sampleRate(), t.channels(), language);
    }

    @Override
    public int count() {
        return samples.count();
    }

    @Override
    public void add(long offset, long size, long dts, int composition, boolean key, long duration) throws Mp4Exception {
        samples.add(offset, size, dts, composition, key, duration);
    }

    @Override
    public long nextDts() {
        return nextDts == 0 ? samples.end() : nextDts;
    }

    @Override
    public void nextDts(long units) {
        nextDts = units;
    }

    Mp4Track build() throws Mp4Exception {
        long empty = movieTimescale > 0 ? SampleTable.nanos(edits.emptyUnits(), movieTimescale) : 0;
        return new Mp4Track(entry.track(), entry.nalLengthBytes(), samples, empty - samples.nanos(edits.mediaTime()));
    }
}

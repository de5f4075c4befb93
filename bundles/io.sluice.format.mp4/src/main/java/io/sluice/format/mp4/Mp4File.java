package io.sluice.format.mp4;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An opened MP4 file: its tracks and the index of its samples; 'moov' at either end, plain or fragmented. Immutable, so any number of threads may walk
 * {@link #samples}; reading the bytes that they name is the caller's.
 */
public final class Mp4File {
    private final List<Mp4Track> tracks;
    private final List<String> skipped;

    private Mp4File(List<Mp4Track> tracks, List<String> skipped) {
        this.tracks = List.copyOf(tracks);
        this.skipped = List.copyOf(skipped);
    }

    /**
     * Reads the index; blocks. The channel stays the caller's.
     *
     * @throws Mp4Exception when it is no MP4, broken, cut short, or holds no track that can be played
     */
    public static Mp4File open(SeekableByteChannel channel) throws IOException {
        return new Opening(new FileBoxes(channel)).read();
    }

    /** In the file's order; one or more. */
    public List<Mp4Track> tracks() {
        return tracks;
    }

    /** Why the other tracks are left out, a sentence each. */
    public List<String> skipped() {
        return skipped;
    }

    /** All samples in order of decoding time. */
    public Iterator<Mp4Sample> samples() {
        return new Mp4Samples(tracks);
    }

    /** One walk through the file. */
    private static final class Opening {
        private final FileBoxes boxes;
        private final Map<Integer, TrackBuilder> builders = new LinkedHashMap<>();
        private final List<String> skipped = new ArrayList<>();
        private Fragments fragments;

        Opening(FileBoxes boxes) {
            this.boxes = boxes;
        }

        Mp4File read() throws IOException {
            FileBoxes.Header fragment = null;
            for (FileBoxes.Header header = boxes.next(); header != null; header = boxes.next()) {
                append(fragment);
                fragment = header.type().equals("moof") && fragments != null ? header : null;
                if (header.type().equals("moov") && fragments == null) {
                    movie(boxes.load(header));
                }
            }
            if (boxes.cut()) {
                skipped.add("the file is cut short: what begins at byte " + (fragment == null ? boxes.position() : fragment.offset()) + " is left out");
            } else {
                append(fragment);
            }
            if (fragments == null) {
                throw new Mp4Exception("no MP4: it has no 'moov' box");
            }
            return new Mp4File(playable(), skipped);
        }

        /** Its media stands behind it, so it counts once that is whole. */
        private void append(FileBoxes.Header fragment) throws IOException {
            if (fragment != null) {
                fragments.append(boxes.load(fragment), fragment.offset());
            }
        }

        private void movie(Box moov) throws Mp4Exception {
            Box mvhd = moov.required("mvhd");
            boolean wide = mvhd.version() == 1;
            ByteBuffer in = mvhd.fullReader(wide ? 20 : 12);
            long timescale = Integer.toUnsignedLong(in.getInt(in.position() + (wide ? 16 : 8)));
            for (Box trak : moov.children()) {
                if (trak.type().equals("trak")) {
                    track(trak, timescale);
                }
            }
            Box mvex = moov.child("mvex");
            fragments = new Fragments(builders, mvex);
            if (mvex != null) {
                boxes.endWhereCut();
            }
        }

        private void track(Box trak, long movieTimescale) throws Mp4Exception {
            int id = TrackBuilder.trackId(trak);
            String handler = TrackBuilder.handler(trak);
            if (!handler.equals("vide") && !handler.equals("soun")) {
                skipped.add("track " + id + " is left out: it is neither picture nor sound ('" + handler + "')");
            } else if (id <= 0 || builders.containsKey(id)) {
                skipped.add("track " + id + " is left out: another has the same number, or it is not a number from 1");
            } else {
                open(id, trak, movieTimescale);
            }
        }

        private void open(int id, Box trak, long movieTimescale) throws Mp4Exception {
            SampleEntry entry;
            try {
                entry = SampleEntry.parse(id, trak.required("mdia").required("minf").required("stbl").required("stsd"));
            } catch (Mp4Exception e) {
                skipped.add("track " + id + " is left out: " + e.getMessage());
                return;
            }
            int room = SampleTable.MAX_SAMPLES - builders.values().stream().mapToInt(TrackBuilder::count).sum();
            builders.put(id, TrackBuilder.of(entry, trak, movieTimescale, boxes.fileBytes(), room));
        }

        private List<Mp4Track> playable() throws Mp4Exception {
            List<Mp4Track> out = new ArrayList<>();
            for (TrackBuilder builder : builders.values()) {
                Mp4Track track = builder.build();
                if (track.sampleCount() > 0) {
                    out.add(track);
                }
            }
            if (out.isEmpty()) {
                throw new Mp4Exception("it has no track that can be played" + (skipped.isEmpty() ? "" : ": " + String.join("; ", skipped)));
            }
            return out;
        }
    }
}

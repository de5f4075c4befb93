package io.sluice.format.matroska;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.format.files.Patch;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;

/**
 * Writes what stands before the clusters: the EBML header, and of the segment, whose size is not known yet, SeekHead, Info and Tracks (RFC 9559 section 5.1). Room is kept for the
 * length and for where the cues are.
 */
final class HeaderOutput {
    private static final int DOC_TYPE_VERSION = 4;
    private static final int DOC_TYPE_READ_VERSION = 2;
    /** All ones after the length's bits. */
    private static final long UNKNOWN_SIZE = 0x01FF_FFFF_FFFF_FFFFL;
    private static final long KNOWN_SIZE = 0x0100_0000_0000_0000L;
    private static final int MILLISECOND = 1_000_000;
    /** Seek (6 bytes before its data) with SeekID (3 and 4) and SeekPosition (3 and 8). */
    private static final int SEEK_BYTES = 24;
    private static final int SEEK_HEAD_BYTES = 4 + 4 + 3 * SEEK_BYTES;
    private static final int DURATION_BYTES = 11;
    /** Section 5.1.4.1.28 of Opus in Matroska: 80 ms. */
    private static final long OPUS_PRE_ROLL_NANOS = 80_000_000L;
    private static final String APPLICATION = "Sluice";

    private final List<Track> tracks;
    private final MatroskaKind kind;
    private int segmentSize;
    private int segment;
    private int info;
    private int trackList;
    private int duration;

    HeaderOutput(List<Track> tracks, MatroskaKind kind) {
        this.tracks = tracks;
        this.kind = kind;
    }

    /** Appends it; the buffer's part from here on is the beginning of the file. */
    void write(ByteBuf out) {
        int start = out.writerIndex();
        documentType(out);
        Ebml.id(out, Id.SEGMENT);
        segmentSize = out.writerIndex() - start;
        out.writeLong(UNKNOWN_SIZE);
        segment = out.writerIndex() - start;
        out.writeZero(SEEK_HEAD_BYTES);
        info = out.writerIndex() - start;
        Ebml.master(out, Id.INFO, () -> {
            Ebml.unsigned(out, Id.TIMESTAMP_SCALE, MILLISECOND);
            Ebml.text(out, Id.MUXING_APP, APPLICATION);
            Ebml.text(out, Id.WRITING_APP, APPLICATION);
            duration = out.writerIndex() - start;
            Ebml.room(out, DURATION_BYTES);
        });
        trackList = out.writerIndex() - start;
        Ebml.master(out, Id.TRACKS, () -> {
            for (int i = 0; i < tracks.size(); i++) {
                track(out, i);
            }
        });
        out.setBytes(start + segment, seekHead(0), 0, SEEK_HEAD_BYTES);
    }

    private void documentType(ByteBuf out) {
        Ebml.master(out, Id.EBML, () -> {
            Ebml.unsigned(out, Id.EBML_VERSION, 1);
            Ebml.unsigned(out, Id.EBML_READ_VERSION, 1);
            Ebml.unsigned(out, Id.EBML_MAX_ID_LENGTH, 4);
            Ebml.unsigned(out, Id.EBML_MAX_SIZE_LENGTH, 8);
            Ebml.text(out, Id.DOC_TYPE, kind.docType());
            Ebml.unsigned(out, Id.DOC_TYPE_VERSION, DOC_TYPE_VERSION);
            Ebml.unsigned(out, Id.DOC_TYPE_READ_VERSION, DOC_TYPE_READ_VERSION);
        });
    }

    /** Where in the file the segment's data begins, from which positions count. */
    int segment() {
        return segment;
    }

    /** @param cues position of the cues, or 0 while there are none: then their place is kept free */
    private ByteBuf seekHead(long cues) {
        ByteBuf out = Unpooled.buffer(SEEK_HEAD_BYTES);
        Ebml.master(out, Id.SEEK_HEAD, () -> {
            seek(out, Id.INFO, info - segment);
            seek(out, Id.TRACKS, trackList - segment);
            if (cues > 0) {
                seek(out, Id.CUES, cues);
            }
        });
        if (cues == 0) {
            Ebml.room(out, SEEK_BYTES);
        }
        return out;
    }

    private static void seek(ByteBuf out, int id, long position) {
        Ebml.master(out, Id.SEEK, () -> {
            Ebml.unsigned(out, Id.SEEK_ID, Integer.toUnsignedLong(id));
            Ebml.unsigned64(out, Id.SEEK_POSITION, position);
        });
    }

    /**
     * What replaces the room that was kept.
     *
     * @param end  of the file
     * @param cues position of the cues in the segment
     */
    List<Patch> patches(long end, long cues, long durationMillis) {
        ByteBuf length = Unpooled.buffer(DURATION_BYTES);
        Ebml.float64(length, Id.DURATION, durationMillis);
        ByteBuf size = Unpooled.buffer(8).writeLong(KNOWN_SIZE | end - segment);
        return List.of(patch(segment, seekHead(cues)), patch(duration, length), patch(segmentSize, size));
    }

    private static Patch patch(int offset, ByteBuf bytes) {
        byte[] copy = new byte[bytes.readableBytes()];
        bytes.readBytes(copy);
        return new Patch(offset, copy);
    }

    private void track(ByteBuf out, int index) {
        Track t = tracks.get(index);
        CodecEntry codec = CodecEntry.of(t);
        Ebml.master(out, Id.TRACK_ENTRY, () -> {
            Ebml.unsigned(out, Id.TRACK_NUMBER, index + 1);
            Ebml.unsigned(out, Id.TRACK_UID, index + 1);
            Ebml.unsigned(out, Id.TRACK_TYPE, t.kind() == MediaKind.VIDEO ? 1 : 2);
            boolean first = tracks.stream().filter(o -> o.kind() == t.kind()).findFirst().orElse(t) == t;
            Ebml.unsigned(out, Id.FLAG_DEFAULT, first ? 1 : 0);
            Ebml.unsigned(out, Id.FLAG_LACING, 0);
            Ebml.text(out, Id.LANGUAGE, language(t.language()));
            Ebml.text(out, Id.CODEC_ID, codec.id());
            if (codec.configuration().length > 0) {
                Ebml.binary(out, Id.CODEC_PRIVATE, codec.configuration());
            }
            if (codec.id().equals("A_OPUS")) {
                Ebml.unsigned(out, Id.CODEC_DELAY, codec.delayNanos());
                Ebml.unsigned(out, Id.SEEK_PRE_ROLL, OPUS_PRE_ROLL_NANOS);
            }
            if (t.kind() == MediaKind.VIDEO) {
                video(out, t);
            } else {
                audio(out, t);
            }
        });
    }

    private static void video(ByteBuf out, Track t) {
        Ebml.master(out, Id.VIDEO, () -> {
            Ebml.unsigned(out, Id.PIXEL_WIDTH, Math.max(1, t.width()));
            Ebml.unsigned(out, Id.PIXEL_HEIGHT, Math.max(1, t.height()));
        });
    }

    private static void audio(ByteBuf out, Track t) {
        Ebml.master(out, Id.AUDIO, () -> {
            int coded = CodecEntry.codedRate(t);
            Ebml.float64(out, Id.SAMPLING_FREQUENCY, coded);
            if (coded != t.sampleRate() && t.sampleRate() > 0) {
                Ebml.float64(out, Id.OUTPUT_SAMPLING_FREQUENCY, t.sampleRate());
            }
            Ebml.unsigned(out, Id.CHANNELS, Math.max(1, t.channels()));
        });
    }

    /** ISO 639-2; the element's default would be English, so what is not known is said to be so. */
    private static String language(String tag) {
        try {
            String three = Locale.forLanguageTag(tag).getISO3Language();
            return three.isEmpty() ? "und" : three;
        } catch (MissingResourceException unknown) {
            return "und";
        }
    }
}

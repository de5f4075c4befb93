package io.sluice.format.mp4;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.AvcConfiguration;
import io.sluice.format.codec.HevcConfiguration;
import io.sluice.format.codec.TrackOf;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The first sample entry of a track: which codec, and its decoder configuration (ISO/IEC 14496-12 section 8.5.2, 14496-15 section 5.4.2, the AV1,
 * VP and Opus bindings to the format).
 *
 * @param track          what it says
 * @param nalLengthBytes how long the lengths before NAL units are in the file's samples; 4 where there are none
 */
record SampleEntry(Track track, int nalLengthBytes) {
    private static final int VIDEO_FIELDS = 78;
    private static final int AUDIO_FIELDS = 28;
    /** QuickTime's versions 1 and 2 of the audio fields are longer. */
    private static final int[] AUDIO_EXTRA = {0, 16, 36};

    /** @throws Mp4Exception naming what cannot be carried */
    static SampleEntry parse(int id, Box stsd) throws Mp4Exception {
        int entries = stsd.fullReader(4).getInt();
        List<Box> children = stsd.children(8);
        Box entry = entries == 0 || children.isEmpty() ? null : children.get(0);
        if (entry == null) {
            throw new Mp4Exception("it has no sample entry");
        }
        try {
            return of(id, entry);
        } catch (IllegalArgumentException broken) {
            throw new Mp4Exception("its decoder configuration ('" + entry.type() + "') is broken: " + broken.getMessage());
        }
    }

    private static SampleEntry of(int id, Box entry) throws Mp4Exception {
        return switch (entry.type()) {
            case "avc1", "avc3" -> avc(id, video(entry, "avcC").bytes());
            case "hvc1", "hev1" -> hevc(id, video(entry, "hvcC").bytes());
            case "av01" -> plain(sized(TrackOf.av1(id, video(entry, "av1C").bytes()), entry));
            case "vp08" -> plain(Track.video(id, Codec.VP8, behindVersion(video(entry, "vpcC")), width(entry), height(entry)));
            case "vp09" -> plain(TrackOf.vp9(id, behindVersion(video(entry, "vpcC")), width(entry), height(entry)));
            case "mp4a" -> plain(mpegAudio(id, entry));
            case ".mp3" -> plain(TrackOf.mp3(id, sampleRate(entry), channels(entry)));
            case "Opus" -> plain(TrackOf.opus(id, OpusBox.head(audio(entry, "dOps"))));
            case "encv", "enca" -> throw new Mp4Exception("it is encrypted ('" + entry.type() + "')");
            default -> throw new Mp4Exception("its sample entry is '" + entry.type()
                + "'; avc1, avc3, hvc1, hev1, av01, vp08, vp09, mp4a and Opus can be read");
        };
    }

    private static SampleEntry plain(Track track) {
        return new SampleEntry(track, 4);
    }

    private static SampleEntry avc(int id, byte[] avcC) {
        return new SampleEntry(TrackOf.avc(id, avcC), AvcConfiguration.parse(avcC).nalLengthSize());
    }

    private static SampleEntry hevc(int id, byte[] hvcC) {
        return new SampleEntry(TrackOf.hevc(id, hvcC), HevcConfiguration.parse(hvcC).nalLengthSize());
    }

    private static Track mpegAudio(int id, Box entry) throws Mp4Exception {
        Esds esds = Esds.parse(audio(entry, "esds"));
        return switch (esds.objectType()) {
            case Esds.AAC, Esds.AAC_MPEG2_MAIN, Esds.AAC_MPEG2_LC, Esds.AAC_MPEG2_SSR -> TrackOf.aac(id, esds.decoderSpecific());
            case Esds.MP3_MPEG2, Esds.MP3_MPEG1 -> TrackOf.mp3(id, sampleRate(entry), channels(entry));
            default -> throw new Mp4Exception("its 'mp4a' has object type " + esds.objectType() + "; AAC (64) and MP3 (105, 107) can be read");
        };
    }

    private static Track sized(Track t, Box entry) {
        return t.width() > 0 ? t : Track.video(t.id(), t.codec(), t.configuration(), width(entry), height(entry));
    }

    private static Box video(Box entry, String configuration) throws Mp4Exception {
        return found(entry, Box.first(entry.children(VIDEO_FIELDS), configuration), configuration);
    }

    private static Box audio(Box entry, String configuration) throws Mp4Exception {
        entry.need(AUDIO_FIELDS);
        int version = entry.body().getShort(entry.body().position() + 8);
        int fields = AUDIO_FIELDS + (version == 1 || version == 2 ? AUDIO_EXTRA[version] : 0);
        List<Box> children = entry.children(fields);
        Box wave = Box.first(children, "wave");
        Box direct = Box.first(children, configuration);
        return found(entry, direct == null && wave != null ? wave.child(configuration) : direct, configuration);
    }

    private static Box found(Box entry, Box box, String type) throws Mp4Exception {
        if (box == null) {
            throw new Mp4Exception("its '" + entry.type() + "' has no '" + type + "'");
        }
        return box;
    }

    private static byte[] behindVersion(Box fullBox) throws Mp4Exception {
        ByteBuffer in = fullBox.fullReader(0);
        byte[] out = new byte[in.remaining()];
        in.get(out);
        return out;
    }

    private static int width(Box entry) {
        return entry.body().getShort(entry.body().position() + 24) & 0xffff;
    }

    private static int height(Box entry) {
        return entry.body().getShort(entry.body().position() + 26) & 0xffff;
    }

    private static int channels(Box entry) throws Mp4Exception {
        entry.need(AUDIO_FIELDS);
        return entry.body().getShort(entry.body().position() + 16) & 0xffff;
    }

    private static int sampleRate(Box entry) throws Mp4Exception {
        entry.need(AUDIO_FIELDS);
        return entry.body().getShort(entry.body().position() + 24) & 0xffff;
    }
}

package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBufUtil;
import io.sluice.api.media.Codec;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.net.Snapshot;
import io.sluice.format.codec.AvcConfiguration;
import io.sluice.format.codec.HevcConfiguration;
import io.sluice.format.codec.TrackOf;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvMetadata;
import io.sluice.format.flv.MpegAudioHeader;
import io.sluice.format.flv.VideoTag;
import io.sluice.format.rtmp.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tracks of a publisher as its configurations come in. Track ids: twice the number of the picture track; twice that of the sound track, plus one. */
final class IngestTracks {
    private static final int WHOLE_LENGTHS = 4;

    private final Map<Integer, Track> byId = new TreeMap<>();
    /** Bytes of NAL unit lengths as the publisher sends them, where it is not 4. */
    private final Map<Integer, Integer> lengthSizes = new TreeMap<>();
    private boolean expectsVideo = true;
    private boolean expectsAudio = true;
    private int metaWidth;
    private int metaHeight;

    static int videoId(int track) {
        return 2 * track;
    }

    static int audioId(int track) {
        return 2 * track + 1;
    }

    /** What the publisher announces; metadata without codecs announces nothing and is not believed. */
    void announced(FlvMetadata metadata) {
        if (metadata.hasVideo() || metadata.hasAudio()) {
            expectsVideo = metadata.hasVideo();
            expectsAudio = metadata.hasAudio();
        }
        metaWidth = metadata.width();
        metaHeight = metadata.height();
    }

    /** Everything that was announced (or pictures and sound, where nothing was) has come. */
    boolean complete() {
        return !byId.isEmpty() && (!expectsVideo || has(MediaKind.VIDEO)) && (!expectsAudio || has(MediaKind.AUDIO));
    }

    private boolean has(MediaKind kind) {
        return byId.values().stream().anyMatch(t -> t.kind() == kind);
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    List<Track> list() {
        return List.copyOf(byId.values());
    }

    /** The track has a configuration of this codec, so frames can be taken. */
    boolean takes(int id, Codec codec) {
        Track t = byId.get(id);
        return t != null && t.codec() == codec;
    }

    /** 4 where nothing is to be converted. */
    int nalLengthSize(int id) {
        return lengthSizes.getOrDefault(id, WHOLE_LENGTHS);
    }

    /**
     * @return true where the tracks changed
     * @throws IllegalArgumentException where the configuration is broken
     */
    boolean configure(VideoTag tag) {
        int id = videoId(tag.track());
        byte[] record = ByteBufUtil.getBytes(tag.payload());
        if (record.length == 0) {
            return false;
        }
        Track track = switch (tag.codec()) {
            case H264 -> {
                lengthSizes.put(id, AvcConfiguration.parse(record).nalLengthSize());
                yield TrackOf.avc(id, record);
            }
            case H265 -> {
                lengthSizes.put(id, HevcConfiguration.parse(record).nalLengthSize());
                yield TrackOf.hevc(id, record);
            }
            case AV1 -> TrackOf.av1(id, record);
            case VP9 -> TrackOf.vp9(id, record, metaWidth, metaHeight);
            default -> Track.video(id, tag.codec(), record, metaWidth, metaHeight);
        };
        return put(withSize(track));
    }

    boolean configure(AudioTag tag) {
        byte[] record = ByteBufUtil.getBytes(tag.payload());
        int id = audioId(tag.track());
        return switch (tag.codec()) {
            case AAC -> record.length != 0 && put(TrackOf.aac(id, record));
            case OPUS -> record.length != 0 && put(TrackOf.opus(id, record));
            default -> false;
        };
    }

    /** Sound that needs no configuration says what it is with its first frame. */
    boolean describe(AudioTag tag) {
        int id = audioId(tag.track());
        MpegAudioHeader header = tag.codec() == Codec.MP3 ? MpegAudioHeader.parse(tag.payload()) : null;
        if (header != null) {
            return put(TrackOf.mp3(id, header.sampleRate(), header.channels()));
        }
        boolean raw = tag.codec() == Codec.ALAW || tag.codec() == Codec.ULAW;
        return raw && put(Track.audio(id, tag.codec(), new byte[0], tag.sampleRate(), tag.channels()));
    }

    private Track withSize(Track t) {
        return t.width() != 0 || metaWidth == 0 ? t : Track.video(t.id(), t.codec(), t.configuration(), metaWidth, metaHeight);
    }

    private boolean put(Track track) {
        return !track.equals(byId.put(track.id(), track));
    }

    /** H.264 and H.265 with shorter lengths than 4 bytes. */
    boolean converts(int id) {
        return nalLengthSize(id) != WHOLE_LENGTHS;
    }

    Snapshot snapshot(int schema) {
        List<Snapshot> tracks = new ArrayList<>();
        for (Track t : byId.values()) {
            tracks.add(Snapshot.of(schema).put("id", t.id()).put("codec", t.codec().name()).put("configuration", t.configuration()).put("width", t.width())
                .put("height", t.height()).put("sampleRate", t.sampleRate()).put("channels", t.channels()).put("language", t.language())
                .put("nalLengthSize", nalLengthSize(t.id())).build());
        }
        return Snapshot.of(schema).put("tracks", tracks).put("expectsVideo", expectsVideo).put("expectsAudio", expectsAudio).put("metaWidth", metaWidth)
            .put("metaHeight", metaHeight).build();
    }

    static IngestTracks from(Fields fields) {
        IngestTracks tracks = new IngestTracks();
        tracks.expectsVideo = fields.flag("expectsVideo", true);
        tracks.expectsAudio = fields.flag("expectsAudio", true);
        tracks.metaWidth = fields.integer("metaWidth", 0);
        tracks.metaHeight = fields.integer("metaHeight", 0);
        for (Fields t : fields.list("tracks")) {
            tracks.put(new Track(t.integer("id"), Codec.valueOf(t.text("codec", "")), t.bytes("configuration"), t.integer("width", 0), t.integer("height", 0),
                t.integer("sampleRate", 0), t.integer("channels", 0), t.text("language", "")));
            tracks.lengthSizes.put(t.integer("id"), t.integer("nalLengthSize", WHOLE_LENGTHS));
        }
        return tracks;
    }
}

package io.sluice.source.file.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.AvcConfiguration;
import io.sluice.format.codec.HevcConfiguration;
import io.sluice.format.codec.TrackOf;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvReader;
import io.sluice.format.flv.FlvTag;
import io.sluice.format.flv.TagKind;
import io.sluice.format.flv.VideoTag;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An FLV file as media to play. FLV has no index, so opening reads the file once through and notes where each frame lies. One configuration for each
 * track counts, the first.
 */
final class FlvMedia {
    private static final int READ_BYTES = 256 << 10;
    /** Audio and video tracks are numbered apart in FLV, each from 0 to 255. */
    private static final int AUDIO_FROM = 256;

    private final Map<Integer, MediaTrack> tracks = new LinkedHashMap<>();
    private final FlvIndex index = new FlvIndex();
    private String leftOut = "";

    private FlvMedia() {
    }

    static MediaFile open(SeekableByteChannel channel) throws IOException {
        FlvMedia media = new FlvMedia();
        try {
            media.read(channel);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage());
        }
        if (media.index.size() == 0) {
            throw new IOException("the FLV file has no frame that can be played" + media.leftOut);
        }
        media.index.complete();
        return new MediaFile(channel, media.tracks.values().stream().toList(), () -> media.index.samples(media.tracks));
    }

    private void read(SeekableByteChannel channel) throws IOException {
        FlvReader reader = new FlvReader(MediaFile.MAX_SAMPLE_BYTES);
        ByteBuf in = Unpooled.buffer(READ_BYTES);
        try {
            channel.position(0);
            InputStream bytes = Channels.newInputStream(channel);
            while (in.writeBytes(bytes, READ_BYTES) >= 0) {
                for (FlvTag tag = reader.next(in); tag != null; tag = reader.next(in)) {
                    tag(tag, reader.offset() - tag.body().readableBytes());
                }
                in.discardReadBytes();
            }
        } finally {
            in.release();
        }
    }

    /** @param offset of the tag's body in the file */
    private void tag(FlvTag tag, long offset) throws IOException {
        if (tag.type() == FlvTag.VIDEO) {
            for (VideoTag v : VideoTag.parse(tag.body())) {
                take(v.track(), v.codec(), v.codecName(), v.kind(), () -> video(v));
                frame(v.track(), v.kind(), tag, v.compositionMillis(), v.key(), offset, v.payload());
            }
        } else if (tag.type() == FlvTag.AUDIO) {
            for (AudioTag a : AudioTag.parse(tag.body())) {
                int id = AUDIO_FROM + a.track();
                take(id, a.codec(), a.codecName(), a.kind(), () -> audio(id, a));
                frame(id, a.kind(), tag, 0, true, offset, a.payload());
            }
        }
    }

    private void frame(int id, TagKind kind, FlvTag tag, int compositionMillis, boolean key, long offset, ByteBuf payload) throws IOException {
        if (kind == TagKind.FRAME && tracks.containsKey(id) && payload.isReadable()) {
            int within = payload.arrayOffset() + payload.readerIndex() - tag.body().arrayOffset() - tag.body().readerIndex();
            index.add(id, tag.timestampMillis(), compositionMillis, key, offset + within, payload.readableBytes());
        }
    }

    /** Makes the track at its configuration, or at its first frame for codecs without one. */
    private void take(int id, Codec codec, String name, TagKind kind, Supplier<MediaTrack> made) {
        boolean needsNone = codec == Codec.MP3 || codec == Codec.ALAW || codec == Codec.ULAW;
        if (codec == null) {
            leftOut = ": " + name + " cannot be played";
        } else if (kind == TagKind.CONFIGURATION || kind == TagKind.FRAME && needsNone) {
            if (!tracks.containsKey(id)) {
                tracks.put(id, made.get());
            }
        }
    }

    private static MediaTrack video(VideoTag v) {
        byte[] c = bytes(v.payload());
        return switch (v.codec()) {
            case H264 -> new MediaTrack(TrackOf.avc(v.track(), c), AvcConfiguration.parse(c).nalLengthSize());
            case H265 -> new MediaTrack(TrackOf.hevc(v.track(), c), HevcConfiguration.parse(c).nalLengthSize());
            case AV1 -> new MediaTrack(TrackOf.av1(v.track(), c), 4);
            default -> new MediaTrack(Track.video(v.track(), v.codec(), c, 0, 0), 4);
        };
    }

    private static MediaTrack audio(int id, AudioTag a) {
        return new MediaTrack(switch (a.codec()) {
            case AAC -> TrackOf.aac(id, bytes(a.payload()));
            case OPUS -> TrackOf.opus(id, bytes(a.payload()));
            default -> Track.audio(id, a.codec(), new byte[0], a.sampleRate(), a.channels());
        }, 4);
    }

    private static byte[] bytes(ByteBuf in) {
        byte[] out = new byte[in.readableBytes()];
        in.getBytes(in.readerIndex(), out);
        return out;
    }
}

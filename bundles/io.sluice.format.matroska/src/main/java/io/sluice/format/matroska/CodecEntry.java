package io.sluice.format.matroska;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.AudioSpecificConfig;
import io.sluice.format.codec.CodecString;
import io.sluice.format.codec.OpusHead;
import java.nio.charset.StandardCharsets;

/**
 * What a track's entry says of its codec: Matroska Codec Specifications, sections 3 and 4.
 *
 * @param id            CodecID
 * @param configuration CodecPrivate, empty where it has none
 * @param delayNanos    CodecDelay: of each time in the file so much is taken off
 */
record CodecEntry(String id, byte[] configuration, long delayNanos) {
    private static final byte[] NONE = new byte[0];
    private static final byte[] OPUS_MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final int WAVE_ALAW = 6;
    private static final int WAVE_ULAW = 7;

    /** Why the file cannot carry the track, or "". */
    static String problem(Track track, MatroskaKind kind) {
        String name = track.codec().label();
        if (!kind.carries(track.codec())) {
            return name + (track.channels() > 0 || track.sampleRate() > 0 ? " sound" : " video") + " cannot travel in " + kind.label();
        }
        try {
            CodecString.of(track);
            of(track);
            return "";
        } catch (IllegalArgumentException broken) {
            return name + " has a configuration that no decoder takes: " + broken.getMessage();
        }
    }

    static CodecEntry of(Track track) {
        byte[] c = track.configuration();
        return switch (track.codec()) {
            case H264 -> new CodecEntry("V_MPEG4/ISO/AVC", c, 0);
            case H265 -> new CodecEntry("V_MPEGH/ISO/HEVC", c, 0);
            case AV1 -> new CodecEntry("V_AV1", c, 0);
            case VP8 -> new CodecEntry("V_VP8", NONE, 0);
            case VP9 -> new CodecEntry("V_VP9", NONE, 0);
            case AAC -> new CodecEntry("A_AAC", c, 0);
            case MP3 -> new CodecEntry("A_MPEG/L3", NONE, 0);
            case OPUS -> opus(c);
            case ALAW -> new CodecEntry("A_MS/ACM", waveFormat(track, WAVE_ALAW), 0);
            case ULAW -> new CodecEntry("A_MS/ACM", waveFormat(track, WAVE_ULAW), 0);
        };
    }

    private static CodecEntry opus(byte[] c) {
        OpusHead head = OpusHead.parse(c);
        ByteBuf whole = Unpooled.buffer();
        if (c[0] != OPUS_MAGIC[0]) {
            whole.writeBytes(OPUS_MAGIC);
        }
        whole.writeBytes(c);
        return new CodecEntry("A_OPUS", bytes(whole), Math.round(head.preSkip() * 1e9 / 48_000));
    }

    /** WAVEFORMATEX, little-endian: tag, channels, samples and bytes a second, bytes of a sample of all channels, its bits, no more bytes. */
    private static byte[] waveFormat(Track track, int tag) {
        int channels = Math.max(1, track.channels());
        ByteBuf out = Unpooled.buffer();
        out.writeShortLE(tag).writeShortLE(channels).writeIntLE(track.sampleRate()).writeIntLE(track.sampleRate() * channels).writeShortLE(channels).writeShortLE(8).writeShortLE(0);
        return bytes(out);
    }

    private static byte[] bytes(ByteBuf in) {
        byte[] out = new byte[in.readableBytes()];
        in.readBytes(out);
        return out;
    }

    /** Hz that its frames are coded with: half of what is heard where spectral band replication doubles it. */
    static int codedRate(Track track) {
        return track.codec() == Codec.AAC ? AudioSpecificConfig.parse(track.configuration()).sampleRate() : track.sampleRate();
    }
}

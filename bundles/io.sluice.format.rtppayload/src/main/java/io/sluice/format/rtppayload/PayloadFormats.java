package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBufAllocator;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import java.util.List;

/** Makes packetisers and depacketisers. */
public final class PayloadFormats {
    private static final int VIDEO_CLOCK = 90_000;
    private static final int OPUS_CLOCK = 48_000;
    private static final int G711_CLOCK = 8_000;
    /** OpusHead without its first eight bytes: version 1, channels, no pre-skip, 48 kHz, no gain, mapping family 0. */
    private static final byte[] OPUS_HEAD = {1, 2, 0, 0, (byte) 0x80, (byte) 0xbb, 0, 0, 0, 0, 0};

    private PayloadFormats() {
    }

    /** Whether a codec can be sent and received. */
    public static boolean knows(Codec codec) {
        return switch (codec) {
            case H264, H265, VP8, VP9, AV1, OPUS, ALAW, ULAW -> true;
            default -> false;
        };
    }

    /** Ticks of RTP timestamps a second. */
    public static int clock(Codec codec) {
        return switch (codec) {
            case OPUS -> OPUS_CLOCK;
            case ALAW, ULAW -> G711_CLOCK;
            default -> VIDEO_CLOCK;
        };
    }

    /**
     * For a track that goes out.
     *
     * @param maxBytes of a payload, {@link Packetiser#DEFAULT_BYTES} unless there is a reason
     * @throws IllegalArgumentException where the codec is not known or the track's configuration is broken
     */
    public static Packetiser packetiser(Track track, int maxBytes) {
        return switch (track.codec()) {
            case H264, H265 -> new NalPacketiser(track, maxBytes);
            case VP8 -> new Vp8Packetiser(maxBytes);
            case VP9 -> new Vp9Packetiser(maxBytes);
            case AV1 -> new Av1Packetiser(track, maxBytes);
            case OPUS -> new SoundPacketiser(false, maxBytes);
            case ALAW, ULAW -> new SoundPacketiser(true, maxBytes);
            default -> throw unknown(track.codec());
        };
    }

    /**
     * For media that come in.
     *
     * @param trackId   of the track that it tells
     * @param allocator of the one buffer in which units are put together
     * @param maxBytes  of a unit
     * @throws IllegalArgumentException where the codec is not known
     */
    public static Depacketiser depacketiser(Codec codec, int trackId, ByteBufAllocator allocator, int maxBytes, UnitSink sink) {
        return switch (codec) {
            case OPUS -> new SoundDepacketiser(Track.audio(trackId, codec, OPUS_HEAD, OPUS_CLOCK, 2), sink);
            case ALAW, ULAW -> new SoundDepacketiser(Track.audio(trackId, codec, new byte[0], G711_CLOCK, 1), sink);
            case H264, H265, VP8, VP9, AV1 -> pictures(codec, trackId, allocator, maxBytes, sink);
            default -> throw unknown(codec);
        };
    }

    private static Depacketiser pictures(Codec codec, int trackId, ByteBufAllocator allocator, int maxBytes, UnitSink sink) {
        UnitAssembly unit = new UnitAssembly(allocator, maxBytes, sink);
        return new PictureDepacketiser(unit, switch (codec) {
            case VP8 -> new Vp8Depacketiser(trackId, unit, sink);
            case VP9 -> new Vp9Depacketiser(trackId, unit, sink);
            case AV1 -> new Av1Depacketiser(trackId, unit, allocator, maxBytes, sink);
            default -> new NalDepacketiser(NalFormat.of(codec), trackId, unit, sink, List.of());
        });
    }

    private static IllegalArgumentException unknown(Codec codec) {
        return new IllegalArgumentException("RTP: wanted a codec that it carries, found " + codec.label());
    }
}

package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of an audio tag or of one track in it, legacy (Annex E.4.2) or enhanced.
 *
 * @param track      number of the track, 0 where the tag has only one
 * @param codec      null where Sluice does not know it
 * @param codecName  for people
 * @param sampleRate Hz as the tag says it, 0 where it does not; for AAC and MP3 the payload knows better
 * @param channels   as the tag says it, 0 where it does not
 * @param payload    a slice of the body that was parsed, not retained
 */
public record AudioTag(int track, Codec codec, String codecName, TagKind kind, int sampleRate, int channels, ByteBuf payload) {
    private static final int MP3 = 2;
    private static final int ALAW = 7;
    private static final int ULAW = 8;
    private static final int ENHANCED = 9;
    private static final int AAC = 10;
    private static final int MP3_8K = 14;
    private static final int TELEPHONE_RATE = 8000;
    private static final int[] RATES = {5512, 11025, 22050, 44100};

    /**
     * The parts of a tag: one for each track in it, none where it is empty. The body is borrowed; its indices stay.
     *
     * @throws FlvException where it ends early or breaks the rules
     */
    public static List<AudioTag> parse(ByteBuf body) {
        ByteBuf in = body.slice();
        if (!in.isReadable()) {
            return List.of();
        }
        try {
            int first = in.readUnsignedByte();
            return first >> 4 == ENHANCED ? enhanced(in, first & 0x0F) : List.of(legacy(in, first));
        } catch (IndexOutOfBoundsException e) {
            throw new FlvException("audio tag of " + body.readableBytes() + " bytes ends within its header");
        }
    }

    private static AudioTag legacy(ByteBuf in, int first) {
        int format = first >> 4;
        Codec codec = switch (format) {
            case MP3, MP3_8K -> Codec.MP3;
            case ALAW -> Codec.ALAW;
            case ULAW -> Codec.ULAW;
            case AAC -> Codec.AAC;
            default -> null;
        };
        TagKind kind = codec == null || !in.isReadable() ? TagKind.OTHER : format == AAC ? aacKind(in.readUnsignedByte()) : TagKind.FRAME;
        int rate = format == ALAW || format == ULAW || format == MP3_8K ? TELEPHONE_RATE : RATES[first >> 2 & 3];
        return new AudioTag(0, codec, codec == null ? legacyName(format) : codec.label(), kind, rate, (first & 1) + 1, in.slice());
    }

    private static TagKind aacKind(int packetType) {
        return packetType == 0 ? TagKind.CONFIGURATION : packetType == 1 ? TagKind.FRAME : TagKind.OTHER;
    }

    private static List<AudioTag> enhanced(ByteBuf in, int packetType) {
        List<AudioTag> parts = new ArrayList<>(1);
        EnhancedTag.read(in, packetType, EnhancedTag.AUDIO_MULTITRACK, (track, fourCc, type, part) -> {
            Codec codec = FourCc.codec(fourCc);
            TagKind kind = switch (type) {
                case EnhancedTag.SEQUENCE_START -> TagKind.CONFIGURATION;
                case EnhancedTag.CODED_FRAMES -> TagKind.FRAME;
                case EnhancedTag.SEQUENCE_END -> TagKind.END;
                default -> TagKind.OTHER;
            };
            parts.add(new AudioTag(track, codec, codec == null ? "FourCC " + FourCc.text(fourCc) : codec.label(), kind, 0, 0, part));
        });
        return parts;
    }

    /** Writes what stands before the payload: enhanced for Opus, legacy for all others. */
    public static void writeHeader(ByteBuf out, Track track, TagKind kind) {
        switch (track.codec()) {
            case AAC -> out.writeByte(AAC << 4 | 0x0F).writeByte(kind == TagKind.CONFIGURATION ? 0 : 1);
            case MP3 -> out.writeByte(MP3 << 4 | rateBits(track.sampleRate()) << 2 | 2 | stereoBit(track));
            case ALAW -> out.writeByte(ALAW << 4 | 2 | stereoBit(track));
            case ULAW -> out.writeByte(ULAW << 4 | 2 | stereoBit(track));
            default -> out.writeByte(ENHANCED << 4 | (kind == TagKind.CONFIGURATION ? EnhancedTag.SEQUENCE_START
                : kind == TagKind.END ? EnhancedTag.SEQUENCE_END : EnhancedTag.CODED_FRAMES)).writeInt(FourCc.of(track.codec()));
        }
    }

    private static int rateBits(int rate) {
        return rate >= 44100 ? 3 : rate >= 22050 ? 2 : rate >= 11025 ? 1 : 0;
    }

    private static int stereoBit(Track track) {
        return track.channels() == 1 ? 0 : 1;
    }

    private static String legacyName(int format) {
        return switch (format) {
            case 0, 3 -> "PCM";
            case 1 -> "ADPCM";
            case 4, 5, 6 -> "Nellymoser";
            case 11 -> "Speex";
            default -> "sound format " + format;
        };
    }
}

package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;
import java.util.ArrayList;
import java.util.List;

/**
 * The body of a video tag or of one track in it, legacy (Annex E.4.3) or enhanced.
 *
 * @param track             number of the track, 0 where the tag has only one
 * @param codec             null where Sluice does not know it
 * @param codecName         for people
 * @param key               a decoder can start here
 * @param compositionMillis presentation minus decoding time, signed 24 bits
 * @param payload           a slice of the body that was parsed, not retained
 */
public record VideoTag(int track, Codec codec, String codecName, TagKind kind, boolean key, int compositionMillis, ByteBuf payload) {
    private static final int ENHANCED = 0x80;
    private static final int KEY_FRAME = 1;
    private static final int INTER_FRAME = 2;
    private static final int COMMAND_FRAME = 5;
    private static final int AVC = 7;
    private static final int HEVC_OF_SOME_VENDORS = 12;
    private static final int MIN_COMPOSITION = -(1 << 23);
    private static final int MAX_COMPOSITION = (1 << 23) - 1;

    /**
     * The parts of a tag: one for each track in it, none where it is empty. The body is borrowed; its indices stay.
     *
     * @throws FlvException where it ends early or breaks the rules
     */
    public static List<VideoTag> parse(ByteBuf body) {
        ByteBuf in = body.slice();
        if (!in.isReadable()) {
            return List.of();
        }
        try {
            int first = in.readUnsignedByte();
            return (first & ENHANCED) != 0 ? enhanced(in, first) : List.of(legacy(in, first));
        } catch (IndexOutOfBoundsException e) {
            throw new FlvException("video tag of " + body.readableBytes() + " bytes ends within its header");
        }
    }

    private static VideoTag legacy(ByteBuf in, int first) {
        int frameType = first >> 4;
        int id = first & 0x0F;
        Codec codec = id == AVC ? Codec.H264 : id == HEVC_OF_SOME_VENDORS ? Codec.H265 : null;
        if (codec == null || frameType == COMMAND_FRAME || in.readableBytes() < 4) {
            return new VideoTag(0, codec, legacyName(id), TagKind.OTHER, false, 0, in.slice());
        }
        TagKind kind = switch (in.readUnsignedByte()) {
            case 0 -> TagKind.CONFIGURATION;
            case 1 -> TagKind.FRAME;
            case 2 -> TagKind.END;
            default -> TagKind.OTHER;
        };
        int composition = in.readMedium();
        return new VideoTag(0, codec, codec.label(), kind, frameType == KEY_FRAME, composition, in.slice());
    }

    private static List<VideoTag> enhanced(ByteBuf in, int first) {
        int frameType = first >> 4 & 0x07;
        int packetType = first & 0x0F;
        if (frameType == COMMAND_FRAME && packetType != EnhancedTag.METADATA) {
            return List.of();
        }
        List<VideoTag> parts = new ArrayList<>(1);
        EnhancedTag.read(in, packetType, EnhancedTag.VIDEO_MULTITRACK,
            (track, fourCc, type, part) -> parts.add(part(track, fourCc, type, frameType == KEY_FRAME, part)));
        return parts;
    }

    private static VideoTag part(int track, int fourCc, int packetType, boolean key, ByteBuf part) {
        Codec codec = FourCc.codec(fourCc);
        String name = codec == null ? "FourCC " + FourCc.text(fourCc) : codec.label();
        TagKind kind = switch (packetType) {
            case EnhancedTag.SEQUENCE_START -> TagKind.CONFIGURATION;
            case EnhancedTag.CODED_FRAMES, EnhancedTag.CODED_FRAMES_X -> TagKind.FRAME;
            case EnhancedTag.SEQUENCE_END -> TagKind.END;
            default -> TagKind.OTHER;
        };
        boolean offset = packetType == EnhancedTag.CODED_FRAMES && hasComposition(codec);
        int composition = offset ? part.readMedium() : 0;
        return new VideoTag(track, codec, name, kind, key, composition, part.slice());
    }

    private static boolean hasComposition(Codec codec) {
        return codec == Codec.H264 || codec == Codec.H265;
    }

    /**
     * Writes what stands before the payload: legacy for H.264, enhanced for all others.
     *
     * @param compositionMillis clamped to 24 bits; left out where the codec has none
     */
    public static void writeHeader(ByteBuf out, Codec codec, TagKind kind, boolean key, int compositionMillis) {
        int composition = Math.max(MIN_COMPOSITION, Math.min(MAX_COMPOSITION, compositionMillis));
        int frameType = key || kind == TagKind.CONFIGURATION ? KEY_FRAME : INTER_FRAME;
        if (codec == Codec.H264) {
            out.writeByte(frameType << 4 | AVC).writeByte(kind.ordinal()).writeMedium(composition);
            return;
        }
        boolean offset = kind == TagKind.FRAME && hasComposition(codec) && composition != 0;
        int packetType = switch (kind) {
            case CONFIGURATION -> EnhancedTag.SEQUENCE_START;
            case FRAME -> offset || !hasComposition(codec) ? EnhancedTag.CODED_FRAMES : EnhancedTag.CODED_FRAMES_X;
            case END -> EnhancedTag.SEQUENCE_END;
            case OTHER -> EnhancedTag.METADATA;
        };
        out.writeByte(ENHANCED | frameType << 4 | packetType).writeInt(FourCc.of(codec));
        if (offset) {
            out.writeMedium(composition);
        }
    }

    private static String legacyName(int id) {
        return switch (id) {
            case 2 -> "Sorenson H.263";
            case 3, 6 -> "Screen video";
            case 4, 5 -> "VP6";
            case AVC -> Codec.H264.label();
            case HEVC_OF_SOME_VENDORS -> Codec.H265.label();
            default -> "video codec id " + id;
        };
    }
}

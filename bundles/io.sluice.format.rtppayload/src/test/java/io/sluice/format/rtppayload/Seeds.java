package io.sluice.format.rtppayload;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Small units with the shape of real ones, a key frame each. */
final class Seeds {
    private static final Track HEVC = TrackOf.hevc(1, HexFormat.of().parseHex("0101600000009000000000003ff000fcfdf8f800000f03a00001001840010c01ffff01600000030090000003000003003f959809a10001002c4201"
        + "0101600000030090000003000003003fa005120171c9265959a4932bc05a020000030002000003003210a2000100074401c172b46240"));

    private Seeds() {
    }

    static Track track(Codec codec) {
        return switch (codec) {
            case H264 -> NalTest.TRACK;
            case H265 -> HEVC;
            case OPUS -> Track.audio(1, codec, new byte[11], 48000, 2);
            case AV1 -> TrackOf.av1(1, HexFormat.of().parseHex("81010c000a0b0000000cc5036936be4010"));
            case ALAW, ULAW -> Track.audio(1, codec, new byte[0], 8000, 1);
            default -> Track.video(1, codec, new byte[0], 320, 180);
        };
    }

    static List<ByteBuf> units(Codec codec) {
        return switch (codec) {
            case H264 -> List.of(NalTest.unit(new Random(1), 0x65, 200, 0x65, 20), NalTest.unit(new Random(2), 0x65, 20));
            case H265 -> List.of(bytes("0000000426018801", 200).setInt(0, 204), bytes("000000042601880100000004260108ff", 0));
            case VP8 -> List.of(bytes("5000009d012a4001b400", 200), bytes("5000009d012a4001b400", 10));
            case VP9 -> List.of(bytes("824983420013f00b30", 200), bytes("86", 20));
            case AV1 -> List.of(bytes("0a0b0000000cc5036936be4010" + "32c801", 200));
            case OPUS -> List.of(bytes("fc", 30));
            default -> List.of(bytes("", 160));
        };
    }

    static ByteBuf bytes(String hex, int more) {
        byte[] data = new byte[more];
        new Random(3).nextBytes(data);
        return Unpooled.buffer().writeBytes(ByteBufUtil.decodeHexDump(hex)).writeBytes(data);
    }
}

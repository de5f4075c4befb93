package io.sluice.format.codec;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Track;

/**
 * What the uncompressed header of a VP9 key frame says, VP9 Bitstream and Decoding Process section 6.2.
 *
 * @param bitDepth 8, 10 or 12
 * @param chroma   as in a VPCodecConfigurationRecord: 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4
 */
public record Vp9KeyFrame(int profile, int bitDepth, int chroma, boolean fullRange, int width, int height) {
    private static final int SYNC = 0x498342;
    private static final int RGB = 7;
    private static final int HEADER = 16;

    /** Reads the beginning of a frame; its indices stay. @return null where it is no key frame, or none at all */
    public static Vp9KeyFrame parse(ByteBuf frame) {
        byte[] head = new byte[Math.min(HEADER, frame.readableBytes())];
        frame.getBytes(frame.readerIndex(), head);
        try {
            return parse(new BitReader(head, 0, head.length, "a VP9 frame"));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Vp9KeyFrame parse(BitReader in) {
        if (in.bits(2) != 2) {
            return null;
        }
        int profile = in.bits(1) | in.bits(1) << 1;
        in.skip(profile == 3 ? 1 : 0);
        boolean again = in.flag();
        boolean inter = in.flag();
        in.skip(2);
        if (again || inter || in.bits(24) != SYNC) {
            return null;
        }
        int depth = profile < 2 ? 8 : in.flag() ? 12 : 10;
        boolean rgb = in.bits(3) == RGB;
        boolean odd = (profile & 1) == 1;
        boolean full = rgb || in.flag();
        int chroma = rgb ? 3 : odd ? chroma(in) : 1;
        in.skip(odd ? 1 : 0);
        return new Vp9KeyFrame(profile, depth, chroma, full, in.bits(16) + 1, in.bits(16) + 1);
    }

    private static int chroma(BitReader in) {
        boolean x = in.flag();
        boolean y = in.flag();
        return !x ? 3 : y ? 1 : 2;
    }

    /** The track that it begins. */
    public Track track(int id) {
        return TrackOf.vp9(id, VpConfiguration.record(this), width, height);
    }
}

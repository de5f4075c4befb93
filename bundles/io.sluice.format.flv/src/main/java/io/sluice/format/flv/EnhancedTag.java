package io.sluice.format.flv;

import io.netty.buffer.ByteBuf;

/**
 * What the enhanced audio and video tags share: the extensions in front and the split into tracks. Enhanced RTMP v2, "ExAudioTagHeader" and "ExVideoTagHeader".
 *
 * <pre>
 *  video: |1|frame type 3|packet type 4|   audio: |9 (4 bits)|packet type 4|
 *  [ModEx: size-1 (8, or 255 and 16), data, next type 4 | packet type 4]*
 *  [multitrack: its type 4 | packet type 4]  [FourCC 32]  [track id 8  [size 24]]*
 * </pre>
 */
final class EnhancedTag {
    static final int SEQUENCE_START = 0;
    static final int CODED_FRAMES = 1;
    static final int SEQUENCE_END = 2;
    static final int CODED_FRAMES_X = 3;
    static final int METADATA = 4;
    static final int AUDIO_MULTITRACK = 5;
    static final int VIDEO_MULTITRACK = 6;
    static final int MOD_EX = 7;
    private static final int ONE_TRACK = 0;
    private static final int MANY_TRACKS_MANY_CODECS = 2;

    /** Told of each track's part of a tag; the part is a slice. */
    @FunctionalInterface
    interface Sink {
        void part(int track, int fourCc, int packetType, ByteBuf part);
    }

    private EnhancedTag() {
    }

    /** Reads on after the first byte. The buffer is borrowed and read to its end. */
    static void read(ByteBuf in, int firstPacketType, int multitrackType, Sink sink) {
        int packetType = firstPacketType;
        while (packetType == MOD_EX) {
            packetType = skipExtension(in);
        }
        if (packetType == multitrackType) {
            readTracks(in, sink);
        } else {
            sink.part(0, in.readInt(), packetType, in.readSlice(in.readableBytes()));
        }
    }

    /** The only extension so far is an offset in nanoseconds below the millisecond, which nothing here needs. */
    private static int skipExtension(ByteBuf in) {
        int size = in.readUnsignedByte() + 1;
        if (size == 256) {
            size = in.readUnsignedShort() + 1;
        }
        in.skipBytes(size);
        return in.readUnsignedByte() & 0x0F;
    }

    private static void readTracks(ByteBuf in, Sink sink) {
        int types = in.readUnsignedByte();
        int multitrack = types >> 4;
        if (multitrack > MANY_TRACKS_MANY_CODECS) {
            throw new FlvException("multitrack type 0 to 2 wanted, " + multitrack + " found");
        }
        int fourCc = multitrack == MANY_TRACKS_MANY_CODECS ? 0 : in.readInt();
        while (in.isReadable()) {
            if (multitrack == MANY_TRACKS_MANY_CODECS) {
                fourCc = in.readInt();
            }
            int track = in.readUnsignedByte();
            int size = multitrack == ONE_TRACK ? in.readableBytes() : in.readUnsignedMedium();
            sink.part(track, fourCc, types & 0x0F, in.readSlice(size));
        }
    }
}

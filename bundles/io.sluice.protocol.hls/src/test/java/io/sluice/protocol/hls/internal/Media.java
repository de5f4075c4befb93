package io.sluice.protocol.hls.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.codec.TrackOf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/** Made-up streams with the shape of real ones: 25 pictures a second with B-frames, AAC at 48 kHz. Each payload is different from every other. */
final class Media {
    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000_000_000;
    static final Track VIDEO = TrackOf.avc(1, hex("0164001effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0fdf8f800"));
    static final Track AUDIO = TrackOf.aac(2, hex("1190"));
    static final Track AV1 = TrackOf.av1(1, hex("81010c000a0b0000000cc5036936be4010"));
    static final Track OPUS = TrackOf.opus(2, hex("4f707573486561640102380180bb0000000000"));
    /** Wall clock of the first arrival. */
    static final long WALL = 1_800_000_000_000L;
    private static final int[] REORDER = {2, 4, 1, 3};

    private final Tracks tracks;
    private final long start;
    private final List<Frame> frames = new ArrayList<>();

    private Media(Tracks tracks, long start) {
        this.tracks = tracks;
        this.start = start;
    }

    static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    static Tracks both() {
        return new Tracks(0, List.of(VIDEO, AUDIO));
    }

    /** Frames in order of dts; a key frame where the list of GOP lengths (in pictures) says, the last length again and again. */
    static List<Frame> of(Tracks tracks, long startNanos, int seconds, int... gops) {
        Media media = new Media(tracks, startNanos);
        tracks.list().forEach(t -> {
            if (t.codec() == Codec.AAC) {
                media.sound(t, seconds);
            } else if (t.codec() == Codec.H264) {
                media.pictures(t, seconds, gops);
            }
        });
        media.frames.sort(Comparator.comparingLong(Frame::dtsNanos));
        return media.frames;
    }

    private void pictures(Track track, int seconds, int[] gops) {
        int gop = 0;
        int inGop = 0;
        for (int i = 0; i < seconds * 25; i++) {
            boolean key = inGop == 0;
            long dts = start + i * 40 * MILLI;
            add(track, dts + (key ? 1 : REORDER[i % 4]) * 40 * MILLI, dts, key, picture(key, i));
            if (++inGop >= gops[Math.min(gop, gops.length - 1)]) {
                inGop = 0;
                gop++;
            }
        }
    }

    private void sound(Track track, int seconds) {
        for (int i = 0; i < seconds * 48000 / 1024; i++) {
            long time = start + i * 1024 * SECOND / 48000;
            add(track, time, time, true, Unpooled.buffer().writeLong(time).writeZero(200));
        }
    }

    private void add(Track track, long pts, long dts, boolean key, ByteBuf payload) {
        long arrived = WALL + (dts - start) / MILLI + Math.floorMod(dts, 7);
        frames.add(new Frame(frames.size(), track, tracks, pts, dts, key, arrived, payload));
    }

    private ByteBuf picture(boolean key, int number) {
        int size = key ? 9000 : 700 + number % 300;
        ByteBuf out = Unpooled.buffer().writeInt(size + 9).writeByte(key ? 0x65 : 0x41);
        out.writeBytes(ByteBufUtil.decodeHexDump(String.format("%016x", start + number + 0x4444_0000_0000_0000L).replace('0', '4')));
        for (int i = 0; i < size; i++) {
            out.writeByte(i * 31 + number | 4);
        }
        return out;
    }
}

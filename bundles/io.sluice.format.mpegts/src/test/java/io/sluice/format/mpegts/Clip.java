package io.sluice.format.mpegts;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Made-up media with the shape of real media: 25 pictures a second with B-frames, a key frame each second, AAC at 48 kHz. */
final class Clip {
    static final Track VIDEO = TrackOf.avc(1, HexFormat.of()
        .parseHex("0164001effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0fdf8f800"));
    static final Track AUDIO = TrackOf.aac(2, HexFormat.of().parseHex("1190"));

    record Frame(Track track, long pts, long dts, boolean key, byte[] data) {
        ByteBuf payload() {
            return Unpooled.wrappedBuffer(data);
        }
    }

    private static final int[] REORDER = {2, 4, 1, 3};

    private Clip() {
    }

    /** Frames of both tracks in order of dts. */
    static List<Frame> of(long startNanos, int seconds) {
        List<Frame> out = new ArrayList<>();
        Random random = new Random(1);
        for (int i = 0; i < seconds * 25; i++) {
            boolean key = i % 25 == 0;
            int display = key ? 1 : REORDER[i % 4];
            out.add(new Frame(VIDEO, startNanos + (i + display) * 40_000_000L, startNanos + i * 40_000_000L, key, picture(random, key, i)));
        }
        for (int i = 0; i < seconds * 48000 / 1024; i++) {
            byte[] data = new byte[200 + random.nextInt(200)];
            random.nextBytes(data);
            long time = startNanos + i * 1024L * 1_000_000_000L / 48000;
            out.add(new Frame(AUDIO, time, time, true, data));
        }
        out.sort(Comparator.comparingLong(Frame::dts));
        return out;
    }

    private static byte[] picture(Random random, boolean key, int number) {
        int size = key ? 20_000 + number * 7 : 1 + random.nextInt(3000);
        ByteBuf out = Unpooled.buffer();
        out.writeInt(size + 1).writeByte(key ? 0x65 : 0x41);
        byte[] data = new byte[size];
        random.nextBytes(data);
        for (int i = 0; i < size; i++) {
            data[i] |= 4;
        }
        out.writeBytes(data);
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return bytes;
    }
}

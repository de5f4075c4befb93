package io.sluice.format.mp4;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Track;
import io.sluice.format.codec.TrackOf;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Frames to be recorded: made up in the shape of real media, or of the demo clip; and what a file says that it holds. */
final class Take {
    static final Path DEMO = Path.of("../io.sluice.demo/src/main/resources/demo.mp4");
    static final Track VIDEO = TrackOf.avc(1, HexFormat.of()
        .parseHex("0164001effe1001b6764001eacd940a42fe224c044000003000400000300c83c58b65801000668ebe3cb22c0fdf8f800"));
    static final Track AUDIO = TrackOf.aac(2, HexFormat.of().parseHex("1190"));
    static final Track SECOND_AUDIO = TrackOf.aac(3, HexFormat.of().parseHex("1190"));
    static final long SECOND = 1_000_000_000L;

    private static final int[] REORDER = {2, 4, 1, 3};

    /** One frame; times in nanoseconds. Equal to another with the same payload. */
    record Frame(int track, long pts, long dts, boolean key, byte[] payload) {
        Frame moved(long nanos) {
            return new Frame(track, pts + nanos, dts + nanos, key, payload);
        }

        /** What must be the same in a file, times within half a unit of 1/48000 s and the reader's rounding down. */
        String facts() {
            return track + " " + key + " " + Arrays.hashCode(payload) + " " + payload.length;
        }
    }

    private Take() {
    }

    /** 25 pictures a second with B-frames and a key frame each second. */
    static List<Frame> video(long startNanos, int seconds) {
        Random random = new Random(1);
        List<Frame> out = new ArrayList<>();
        for (int i = 0; i < seconds * 25; i++) {
            boolean key = i % 25 == 0;
            int display = key ? 1 : REORDER[i % 4];
            out.add(new Frame(VIDEO.id(), startNanos + (i + display) * 40_000_000L, startNanos + i * 40_000_000L, key, payload(random, key ? 300 : 40)));
        }
        return out;
    }

    static List<Frame> audio(Track track, long startNanos, int seconds) {
        Random random = new Random(track.id());
        List<Frame> out = new ArrayList<>();
        for (int i = 0; i < seconds * 48000 / 1024; i++) {
            long time = startNanos + i * 1024L * SECOND / 48000;
            out.add(new Frame(track.id(), time, time, true, payload(random, 20)));
        }
        return out;
    }

    private static byte[] payload(Random random, int most) {
        byte[] data = new byte[1 + random.nextInt(most)];
        random.nextBytes(data);
        return data;
    }

    /** All in order of decoding time. */
    @SafeVarargs
    static List<Frame> mixed(List<Frame>... tracks) {
        List<Frame> out = new ArrayList<>();
        Arrays.stream(tracks).forEach(out::addAll);
        out.sort(Comparator.comparingLong(Frame::dts));
        return out;
    }

    /** What the house's reader finds in a file. */
    static List<Frame> read(Path file) throws Exception {
        try (FileChannel in = FileChannel.open(file)) {
            List<Frame> out = new ArrayList<>();
            for (Iterator<Mp4Sample> samples = Mp4File.open(in).samples(); samples.hasNext();) {
                Mp4Sample s = samples.next();
                ByteBuffer payload = ByteBuffer.allocate(s.size());
                in.read(payload, s.offset());
                out.add(new Frame(s.track().track().id(), s.ptsNanos(), s.dtsNanos(), s.key(), payload.array()));
            }
            return out;
        }
    }

    static ByteBuf buffer(Frame frame) {
        return Unpooled.wrappedBuffer(frame.payload());
    }
}

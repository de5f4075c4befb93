package io.sluice.target.file.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.codec.NalUnits;
import io.sluice.format.mp4.Mp4File;
import io.sluice.format.mp4.Mp4Sample;
import io.sluice.testkit.media.FrameHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** The demo's 24 seconds of H.264 and AAC as frames of a stream; each call makes them anew, with a reference that is the reader's. */
final class Film {
    static final Path CLIP = Path.of("../io.sluice.demo/src/main/resources/demo.mp4");
    static final int PICTURES = 720;
    static final int SOUNDS = 1125;
    static final long SECOND = 1_000_000_000L;
    /** Unix epoch at which the stream's time is 0. */
    static final long WALL = 1_800_000_000_000L;

    private Film() {
    }

    static List<Frame> whole() {
        return of(0, 0, Long.MAX_VALUE);
    }

    /** @param epoch of the tracks. @param shiftNanos added to all times. @param lengthNanos only frames before this time */
    static List<Frame> of(int epoch, long shiftNanos, long lengthNanos) {
        List<Frame> out = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(CLIP)) {
            Mp4File file = Mp4File.open(channel);
            Tracks tracks = new Tracks(epoch, file.tracks().stream().map(t -> t.track()).toList());
            long first = file.samples().next().dtsNanos();
            for (Iterator<Mp4Sample> i = file.samples(); i.hasNext();) {
                Mp4Sample s = i.next();
                if (s.ptsNanos() >= 0 && s.dtsNanos() - first < lengthNanos) {
                    ByteBuffer bytes = ByteBuffer.allocate(s.size());
                    channel.read(bytes, s.offset());
                    long dts = s.dtsNanos() - first + shiftNanos;
                    boolean key = s.key() || s.track().track().kind() == MediaKind.AUDIO;
                    out.add(new Frame(out.size(), s.track().track(), tracks, s.ptsNanos() - first + shiftNanos, dts, key, WALL + dts / 1_000_000, Unpooled.wrappedBuffer(bytes.flip())));
                }
            }
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Frames of one kind only, whose tracks say so. */
    static List<Frame> only(MediaKind kind, List<Frame> frames) {
        Tracks tracks = new Tracks(0, frames.get(0).tracks().list().stream().filter(t -> t.kind() == kind).toList());
        return frames.stream().filter(f -> f.track().kind() == kind)
            .map(f -> new Frame(f.sequence(), f.track(), tracks, f.ptsNanos(), f.dtsNanos(), f.key(), f.arrivedMillis(), f.payload())).toList();
    }

    /** Made-up telephone sound: 20 ms a frame. */
    static List<Frame> telephone(Codec codec, int frames) {
        Track track = Track.audio(1, codec, new byte[0], 8000, 1);
        Tracks tracks = new Tracks(0, List.of(track));
        List<Frame> out = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            byte[] samples = new byte[160];
            Arrays.fill(samples, (byte) (i * 7));
            out.add(new Frame(i, track, tracks, i * 20_000_000L, i * 20_000_000L, true, WALL + i * 20, Unpooled.wrappedBuffer(samples)));
        }
        return out;
    }

    /** What survives every container. */
    static List<String> hashes(MediaKind kind, List<Frame> frames) {
        return frames.stream().filter(f -> f.track().kind() == kind).map(Film::hash).toList();
    }

    private static String hash(Frame frame) {
        ByteBuf payload = frame.payload();
        if (frame.isAudio()) {
            return FrameHash.ofBytes(payload.nioBuffer());
        }
        List<ByteBuffer> units = new ArrayList<>();
        NalUnits.forEach(payload, 4, (offset, length) -> units.add(payload.nioBuffer(offset, length)));
        return FrameHash.ofSlices(units);
    }
}

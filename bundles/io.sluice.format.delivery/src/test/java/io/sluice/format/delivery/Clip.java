package io.sluice.format.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.codec.TrackOf;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvReader;
import io.sluice.format.flv.FlvTag;
import io.sluice.format.flv.TagKind;
import io.sluice.format.flv.VideoTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The frames of an FLV file, as a stream has them. */
public final class Clip {
    /** Where the stream's own timeline begins: anywhere. */
    public static final long START_NANOS = 7_000_000_000_000L;
    private static final long MILLI = 1_000_000;

    public final List<Frame> frames = new ArrayList<>();
    private final List<Track> tracks = new ArrayList<>();

    private Clip() {
    }

    public static Clip of(Path flv) throws IOException {
        Clip clip = new Clip();
        clip.read(flv, 0, 0, true);
        clip.read(flv, 0, 0, false);
        return clip;
    }

    /** The same media again, on a timeline of its own. */
    public Clip and(Path flv, int epoch, long offsetMillis) throws IOException {
        read(flv, epoch, offsetMillis, false);
        return this;
    }

    /** Without the sound. */
    public Clip pictures() {
        Tracks video = new Tracks(0, tracks().list().subList(0, 1));
        List<Frame> all = List.copyOf(frames);
        frames.clear();
        all.stream().filter(Frame::isVideo).forEach(f -> add(new Frame(f.sequence(), f.track(), video, f.ptsNanos(), f.dtsNanos(), f.key(), 0, f.payload())));
        return this;
    }

    public Tracks tracks() {
        return frames.get(0).tracks();
    }

    private void read(Path flv, int epoch, long offsetMillis, boolean configurations) throws IOException {
        ByteBuf in = Unpooled.wrappedBuffer(Files.readAllBytes(flv));
        FlvReader reader = new FlvReader(1 << 24);
        tracks.sort(Comparator.comparingInt(Track::id));
        Tracks all = new Tracks(epoch, tracks);
        for (FlvTag tag = reader.next(in); tag != null; tag = reader.next(in)) {
            long dts = START_NANOS + (tag.timestampMillis() + offsetMillis) * MILLI;
            if (tag.type() == FlvTag.VIDEO) {
                VideoTag.parse(tag.body()).forEach(v -> video(v, all, dts, configurations));
            } else if (tag.type() == FlvTag.AUDIO) {
                AudioTag.parse(tag.body()).forEach(a -> audio(a, all, dts, configurations));
            }
        }
    }

    private void video(VideoTag tag, Tracks all, long dts, boolean configurations) {
        if (configurations && tag.kind() == TagKind.CONFIGURATION) {
            tracks.add(TrackOf.avc(0, bytes(tag.payload())));
        } else if (!configurations && tag.kind() == TagKind.FRAME) {
            add(new Frame(frames.size(), all.byId(0).orElseThrow(), all, dts + tag.compositionMillis() * MILLI, dts, tag.key(), 0, Unpooled.copiedBuffer(tag.payload())));
        }
    }

    private void audio(AudioTag tag, Tracks all, long dts, boolean configurations) {
        if (configurations && tag.kind() == TagKind.CONFIGURATION) {
            tracks.add(TrackOf.aac(1, bytes(tag.payload())));
        } else if (!configurations && tag.kind() == TagKind.FRAME) {
            add(new Frame(frames.size(), all.byId(1).orElseThrow(), all, dts, dts, true, 0, Unpooled.copiedBuffer(tag.payload())));
        }
    }

    private void add(Frame frame) {
        frames.add(frame);
    }

    private static byte[] bytes(ByteBuf buffer) {
        byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }
}

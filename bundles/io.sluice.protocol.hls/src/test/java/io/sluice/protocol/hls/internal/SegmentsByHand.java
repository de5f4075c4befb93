package io.sluice.protocol.hls.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Segment;
import io.sluice.format.codec.TrackOf;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts an FLV file of H.264 and AAC into a folder with a playlist, to look at with ffprobe or a player; the README says how. Two versions take turns
 * at every tenth key frame.
 */
final class SegmentsByHand {
    private SegmentsByHand() {
    }

    /** @param args FLV file, folder, milliseconds at which the clock starts */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[1]).resolve(SegmentPath.VARIANT));
        try (Cut cut = new Cut(Cut.ONE)) {
            int keys = 0;
            for (Frame f : read(Unpooled.wrappedBuffer(Files.readAllBytes(Path.of(args[0]))), Long.parseLong(args[2]))) {
                if (f.isVideo() && f.key() && ++keys % 10 == 0) {
                    cut.handOver(keys % 20 == 0 ? Cut.ONE : Cut.TWO);
                }
                cut.write(List.of(f));
            }
            cut.finish();
            for (Segment s : cut.segments) {
                try (OutputStream out = Files.newOutputStream(folder.resolveSibling(s.path()))) {
                    s.data().getBytes(0, out, s.data().readableBytes());
                }
            }
            Files.writeString(folder.resolve("index.m3u8"), MediaPlaylist.text(cut.segments, 0, true, ""));
        }
    }

    private static List<Frame> read(ByteBuf flv, long startMillis) {
        List<Track> tracks = new ArrayList<>();
        List<Frame> frames = new ArrayList<>();
        Tracks all = null;
        flv.skipBytes(13);
        while (flv.isReadable()) {
            int type = flv.readUnsignedByte();
            int size = flv.readUnsignedMedium();
            long dts = startMillis + (flv.readUnsignedMedium() | (long) flv.readUnsignedByte() << 24);
            flv.skipBytes(3);
            ByteBuf tag = flv.readSlice(size);
            flv.skipBytes(4);
            if (type == 18) {
                continue;
            }
            boolean video = type == 9;
            boolean key = tag.readUnsignedByte() >> 4 == 1 || !video;
            int packet = tag.readUnsignedByte();
            long shift = video ? tag.readMedium() : 0;
            if (packet == 0) {
                byte[] configuration = new byte[tag.readableBytes()];
                tag.readBytes(configuration);
                tracks.add(video ? TrackOf.avc(1, configuration) : TrackOf.aac(2, configuration));
            } else if (packet == 1) {
                all = all == null ? new Tracks(0, tracks) : all;
                Track track = all.byId(video ? 1 : 2).orElseThrow();
                frames.add(new Frame(frames.size(), track, all, (dts + shift) * Media.MILLI, dts * Media.MILLI, key, Media.WALL + dts, tag));
            }
        }
        return frames;
    }
}

package io.sluice.format.container;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.files.Patch;
import io.sluice.format.mp4.Mp4Finish;
import io.sluice.format.mp4.Mp4Options;
import io.sluice.format.mp4.Mp4Writer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;

/** MP4: fragments while it is written, so that a crash leaves a file that plays; a plain file with the index in front in the end. */
final class Mp4Format implements ContainerFormat {
    @Override
    public String extension() {
        return "mp4";
    }

    @Override
    public List<Track> carried(Tracks tracks) {
        return tracks.list().stream().filter(t -> Mp4Writer.problem(t).isEmpty()).limit(16).toList();
    }

    @Override
    public Container open() {
        return new Mp4();
    }

    /** A playlist of version 3 does not know them. */
    @Override
    public boolean segments() {
        return false;
    }

    @Override
    public boolean polishes() {
        return true;
    }

    private final class Mp4 implements Container {
        private List<Track> carried;
        private Mp4Writer writer;
        private List<Patch> patches = List.of();

        @Override
        public void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out) {
            carried = carried(tracks);
            writer = new Mp4Writer(carried, Mp4Options.DEFAULT);
            patches = List.of();
        }

        @Override
        public boolean follow(Tracks tracks, boolean broke, ByteBuf out) {
            return carried(tracks).equals(carried);
        }

        @Override
        public void write(Frame frame, ByteBuf out) {
            writer.write(frame.track().id(), frame.ptsNanos(), frame.dtsNanos(), frame.key(), frame.payload(), out);
        }

        @Override
        public void end(ByteBuf out) {
            patches = writer.finish(out);
        }

        @Override
        public void mend(FileChannel file) throws IOException {
            Patches.apply(patches, file);
        }

        @Override
        public void polish(Path file) throws IOException {
            Mp4Finish.finish(file);
        }
    }
}

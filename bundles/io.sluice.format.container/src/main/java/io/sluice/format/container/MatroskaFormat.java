package io.sluice.format.container;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.files.Patch;
import io.sluice.format.matroska.MatroskaKind;
import io.sluice.format.matroska.MatroskaOptions;
import io.sluice.format.matroska.MatroskaWriter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/** Matroska or WebM: all tracks that it carries, fixed by the header, so other tracks need a new file. */
record MatroskaFormat(MatroskaKind kind) implements ContainerFormat {
    @Override
    public String extension() {
        return kind == MatroskaKind.WEBM ? "webm" : "mkv";
    }

    @Override
    public List<Track> carried(Tracks tracks) {
        return tracks.list().stream().filter(t -> MatroskaWriter.problem(t, kind).isEmpty()).limit(16).toList();
    }

    @Override
    public Container open() {
        return new Matroska();
    }

    private final class Matroska implements Container {
        private List<Track> carried;
        private MatroskaWriter writer;
        private List<Patch> patches = List.of();

        @Override
        public void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out) {
            carried = carried(tracks);
            writer = new MatroskaWriter(carried, kind, MatroskaOptions.DEFAULT);
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
    }
}

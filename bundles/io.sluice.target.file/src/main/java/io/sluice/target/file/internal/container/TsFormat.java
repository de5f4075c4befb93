package io.sluice.target.file.internal.container;

import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.mpegts.TsMuxer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/** MPEG transport streams. */
final class TsFormat implements ContainerFormat {
    @Override
    public String extension() {
        return "ts";
    }

    @Override
    public List<Track> carried(Tracks tracks) {
        return carriedBy(tracks);
    }

    static List<Track> carriedBy(Tracks tracks) {
        return tracks.list().stream().filter(t -> TsMuxer.problem(t).isEmpty()).limit(16).toList();
    }

    @Override
    public Container open() {
        return new TsContainer();
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public Resumed resume(FileChannel file) throws IOException {
        TsTail tail = TsTail.of(file);
        return new Resumed(tail.wholeBytes(), new TsContainer(tail.state(), tail.endNanos()));
    }
}

package io.sluice.format.container;

import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.mpegts.TsStream;
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
        return TsStream.carried(tracks);
    }

    @Override
    public Container open() {
        return new TsContainer(new TsStream(TsContainer.OPTIONS));
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public Resumed resume(FileChannel file) throws IOException {
        TsTail tail = TsTail.of(file);
        return new Resumed(tail.wholeBytes(), new TsContainer(new TsStream(TsContainer.OPTIONS, tail.state(), tail.endNanos())));
    }
}

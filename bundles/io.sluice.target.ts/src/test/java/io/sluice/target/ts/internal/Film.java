package io.sluice.target.ts.internal;

import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Tracks;
import io.sluice.format.mp4.Mp4File;
import io.sluice.format.mp4.Mp4Sample;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** The demo's beginning as frames of a stream, with a reference each that is the reader's. */
final class Film {
    static final long SECOND = 1_000_000_000L;

    private Film() {
    }

    static List<Frame> of(long lengthNanos) throws IOException {
        List<Frame> out = new ArrayList<>();
        try (FileChannel channel = FileChannel.open(Path.of("../io.sluice.demo/src/main/resources/demo.mp4"))) {
            Mp4File file = Mp4File.open(channel);
            Tracks tracks = new Tracks(0, file.tracks().stream().map(t -> t.track()).toList());
            for (Iterator<Mp4Sample> i = file.samples(); i.hasNext();) {
                Mp4Sample s = i.next();
                if (s.ptsNanos() >= 0 && s.dtsNanos() < lengthNanos) {
                    ByteBuffer bytes = ByteBuffer.allocate(s.size());
                    channel.read(bytes, s.offset());
                    boolean key = s.key() || s.track().track().kind() == MediaKind.AUDIO;
                    out.add(new Frame(out.size(), s.track().track(), tracks, s.ptsNanos(), s.dtsNanos(), key, 0, Unpooled.wrappedBuffer(bytes.flip())));
                }
            }
        }
        return out;
    }
}

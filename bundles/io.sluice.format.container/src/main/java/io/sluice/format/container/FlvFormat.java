package io.sluice.format.container;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Flash Video: the first picture and the first sound. */
final class FlvFormat implements ContainerFormat {
    private static final Set<Codec> CODECS = EnumSet.of(Codec.H264, Codec.H265, Codec.AV1, Codec.VP8, Codec.VP9, Codec.AAC, Codec.OPUS, Codec.MP3, Codec.ALAW, Codec.ULAW);

    @Override
    public String extension() {
        return "flv";
    }

    @Override
    public List<Track> carried(Tracks tracks) {
        return carriedBy(tracks);
    }

    static List<Track> carriedBy(Tracks tracks) {
        return ContainerFormat.firsts(tracks, t -> CODECS.contains(t.codec()));
    }

    @Override
    public Container open() {
        return new FlvContainer(-1);
    }

    @Override
    public boolean resumes() {
        return true;
    }

    @Override
    public Resumed resume(FileChannel file) throws IOException {
        FlvTail tail = FlvTail.of(file);
        return new Resumed(tail.wholeBytes(), new FlvContainer(tail.lastMillis()));
    }
}

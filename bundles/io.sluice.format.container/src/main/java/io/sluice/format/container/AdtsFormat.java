package io.sluice.format.container;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.codec.AdtsHeader;
import io.sluice.format.codec.AudioSpecificConfig;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/** The first AAC track as an ADTS stream. It has no times, so a gap in the sound is not heard. */
final class AdtsFormat implements ContainerFormat {
    @Override
    public String extension() {
        return "aac";
    }

    @Override
    public List<Track> carried(Tracks tracks) {
        return tracks.list().stream().filter(t -> t.codec() == Codec.AAC && AdtsHeader.problem(AudioSpecificConfig.parse(t.configuration())).isEmpty()).limit(1).toList();
    }

    @Override
    public Container open() {
        return new Adts();
    }

    @Override
    public boolean resumes() {
        return true;
    }

    /** A frame that was cut at the end is skipped by players: they look for the next syncword. */
    @Override
    public Resumed resume(FileChannel file) throws IOException {
        return new Resumed(file.size(), open());
    }

    private final class Adts implements Container {
        private Track track;
        private AudioSpecificConfig config;

        @Override
        public void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out) {
            follow(tracks, false, out);
        }

        @Override
        public boolean follow(Tracks tracks, boolean broke, ByteBuf out) {
            track = carried(tracks).get(0);
            config = AudioSpecificConfig.parse(track.configuration());
            return true;
        }

        @Override
        public void write(Frame frame, ByteBuf out) {
            if (frame.track().id() == track.id()) {
                AdtsHeader.write(out, config, frame.payload().readableBytes());
                out.writeBytes(frame.payload(), frame.payload().readerIndex(), frame.payload().readableBytes());
            }
        }

        @Override
        public void end(ByteBuf out) {
        }
    }
}

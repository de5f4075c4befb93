package io.sluice.format.container;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * RIFF/WAVE (Microsoft "Multimedia Programming Interface and Data Specifications 1.0", RFC 2361): A-law, µ-law and MP3. Lengths stand in the header, so they are the longest while
 * it is written and the right ones in the end.
 */
final class WavFormat implements ContainerFormat {
    private static final Set<Codec> CODECS = EnumSet.of(Codec.ALAW, Codec.ULAW, Codec.MP3);
    private static final int HEADER = 46;
    private static final long MAX = 0xffffffffL;

    @Override
    public String extension() {
        return "wav";
    }

    @Override
    public List<Track> carried(Tracks tracks) {
        return tracks.list().stream().filter(t -> CODECS.contains(t.codec())).limit(1).toList();
    }

    @Override
    public Container open() {
        return new Wav();
    }

    private final class Wav implements Container {
        private Track track;

        @Override
        public void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out) {
            track = carried(tracks).get(0);
            header(out, MAX);
        }

        private void header(ByteBuf out, long fileBytes) {
            boolean mp3 = track.codec() == Codec.MP3;
            int rate = track.sampleRate() > 0 ? track.sampleRate() : 8000;
            int channels = Math.max(1, track.channels());
            text(out, "RIFF").writeIntLE((int) Math.min(MAX, fileBytes - 8));
            text(out, "WAVE");
            text(out, "fmt ").writeIntLE(18).writeShortLE(mp3 ? 0x55 : track.codec() == Codec.ALAW ? 6 : 7).writeShortLE(channels).writeIntLE(rate);
            // of MP3 the rate of bytes is a guess that players do not need: 128 kbit/s
            out.writeIntLE(mp3 ? 16_000 : rate * channels).writeShortLE(mp3 ? 1 : channels).writeShortLE(mp3 ? 0 : 8).writeShortLE(0);
            text(out, "data").writeIntLE((int) Math.min(MAX, fileBytes - HEADER));
        }

        private static ByteBuf text(ByteBuf out, String four) {
            return out.writeBytes(four.getBytes(StandardCharsets.US_ASCII));
        }

        @Override
        public boolean follow(Tracks tracks, boolean broke, ByteBuf out) {
            return carried(tracks).equals(List.of(track));
        }

        @Override
        public void write(Frame frame, ByteBuf out) {
            if (frame.track().id() == track.id()) {
                out.writeBytes(frame.payload(), frame.payload().readerIndex(), frame.payload().readableBytes());
            }
        }

        @Override
        public void end(ByteBuf out) {
        }

        @Override
        public void mend(FileChannel file) throws IOException {
            ByteBuf right = Unpooled.buffer(HEADER);
            header(right, file.size());
            file.write(right.nioBuffer(), 0);
        }
    }
}

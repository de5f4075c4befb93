package io.sluice.format.container;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvLength;
import io.sluice.format.flv.FlvMetadata;
import io.sluice.format.flv.FlvTag;
import io.sluice.format.flv.FlvWriter;
import io.sluice.format.flv.TagKind;
import io.sluice.format.flv.VideoTag;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** FLV: each file's times begin at 0, or where the file ended that is gone on with. A new configuration is a tag like any other, so a file goes on through all changes. */
final class FlvContainer implements Container {
    private static final byte[] OPUS_MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    /** Between what was there and what is appended. */
    private static final long GAP_MILLIS = 40;
    /** Annex E.4.1: 24 bits. */
    private static final int MAX_BODY = 0xffffff;
    /** Longest tag header: enhanced, with composition time. */
    private static final int HEADER_BYTES = 8;

    private final ByteBuf header = Unpooled.buffer(HEADER_BYTES);
    private long resumedMillis;
    private List<Track> carried = List.of();
    private long baseNanos;
    private long lastMillis;

    /** @param resumedMillis last time of the file that is gone on with, or -1 for a new one */
    FlvContainer(long resumedMillis) {
        this.resumedMillis = resumedMillis;
    }

    @Override
    public void begin(Tracks tracks, long startNanos, boolean broke, ByteBuf out) {
        carried = FlvFormat.carriedBy(tracks);
        baseNanos = startNanos;
        ByteBuf metadata = Unpooled.buffer();
        if (resumedMillis >= 0) {
            baseNanos -= (resumedMillis + GAP_MILLIS) * 1_000_000;
            resumedMillis = -1;
            FlvMetadata.write(metadata, new Tracks(0, carried));
        } else {
            FlvWriter.begin(out, has(MediaKind.AUDIO), has(MediaKind.VIDEO));
            FlvLength.room(metadata, new Tracks(0, carried));
        }
        headers(millis(startNanos), metadata, out);
    }

    @Override
    public boolean follow(Tracks tracks, boolean broke, ByteBuf out) {
        List<Track> now = FlvFormat.carriedBy(tracks);
        if (!now.equals(carried)) {
            carried = now;
            ByteBuf metadata = Unpooled.buffer();
            FlvMetadata.write(metadata, new Tracks(0, carried));
            headers(lastMillis, metadata, out);
        }
        return true;
    }

    private boolean has(MediaKind kind) {
        return carried.stream().anyMatch(t -> t.kind() == kind);
    }

    private void headers(long millis, ByteBuf metadata, ByteBuf out) {
        FlvWriter.tag(out, FlvTag.DATA, millis, metadata);
        for (Track track : carried) {
            if (track.configuration().length > 0) {
                header(track, TagKind.CONFIGURATION, true, 0);
                FlvWriter.tag(out, type(track), millis, header, Unpooled.wrappedBuffer(configuration(track)));
            }
        }
    }

    @Override
    public void write(Frame frame, ByteBuf out) {
        if (!carried.contains(frame.track())) {
            return;
        }
        if (frame.payload().readableBytes() > MAX_BODY - HEADER_BYTES) {
            throw new IllegalArgumentException("a frame for FLV: wanted less than 16 MiB, found " + frame.payload().readableBytes() + " bytes");
        }
        long millis = millis(frame.dtsNanos());
        lastMillis = millis;
        header(frame.track(), TagKind.FRAME, frame.key(), (int) (millis(frame.ptsNanos()) - millis));
        FlvWriter.tag(out, type(frame.track()), millis, header, frame.payload());
    }

    @Override
    public void end(ByteBuf out) {
        carried.stream().filter(t -> t.codec() == Codec.H264 || t.codec() == Codec.H265).forEach(t -> {
            header(t, TagKind.END, true, 0);
            FlvWriter.tag(out, FlvTag.VIDEO, lastMillis, header);
        });
    }

    /** Its first tag says how long it has become. */
    @Override
    public void mend(FileChannel file) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(FlvLength.HEAD_BYTES);
        while (head.hasRemaining() && file.read(head, head.position()) > 0) {
            continue;
        }
        Patches.apply(FlvLength.patches(Unpooled.wrappedBuffer(head.flip()), lastMillis, file.size()), file);
    }

    private void header(Track track, TagKind kind, boolean key, int composition) {
        header.clear();
        if (type(track) == FlvTag.VIDEO) {
            VideoTag.writeHeader(header, track.codec(), kind, key, composition);
        } else {
            AudioTag.writeHeader(header, track, kind);
        }
    }

    private static int type(Track track) {
        return switch (track.kind()) {
            case VIDEO -> FlvTag.VIDEO;
            case AUDIO -> FlvTag.AUDIO;
            case DATA -> FlvTag.DATA;
        };
    }

    /** Enhanced RTMP wants Opus's header with its magic, the core has it either way. */
    private static byte[] configuration(Track track) {
        byte[] bytes = track.configuration();
        boolean bare = track.codec() == Codec.OPUS && bytes[0] != OPUS_MAGIC[0];
        return bare ? Unpooled.copiedBuffer(OPUS_MAGIC, bytes).array() : bytes;
    }

    /** Rounded; sound that is a little older than the first picture is at the beginning. */
    private long millis(long nanos) {
        return Math.max(0, Math.floorDiv(nanos - baseNanos + 500_000, 1_000_000L));
    }
}

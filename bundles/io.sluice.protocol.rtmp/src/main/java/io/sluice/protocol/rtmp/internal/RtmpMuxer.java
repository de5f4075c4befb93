package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Muxer;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvMetadata;
import io.sluice.format.flv.TagKind;
import io.sluice.format.flv.VideoTag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Frames to RTMP messages in chunks: the first track of each kind, since players know only one. Times are absolute and wrap at 32 bits. H.264, AAC and MP3 go out as all players
 * know them, the rest as Enhanced RTMP.
 */
final class RtmpMuxer implements Muxer {
    /** Longest tag header: enhanced, with composition time. */
    private static final int TAG_HEADER_BYTES = 8;
    /** Metadata has no time; with another one ffmpeg takes it for a track of its own. */
    private static final long METADATA_MILLIS = 0;
    private static final byte[] OPUS_MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);

    private final int chunkBytes;
    private final ByteBuf tagHeader = Unpooled.buffer(TAG_HEADER_BYTES);
    private Tracks tracks;

    RtmpMuxer(int chunkBytes) {
        this.chunkBytes = chunkBytes;
    }

    @Override
    public ByteBuf mux(Frame frame) {
        Tracks before = tracks;
        tracks = frame.tracks();
        boolean news = before != null && before != tracks;
        boolean mine = isFirst(frame);
        if (!news && !mine) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(ChunkWriter.sizeOf(frame.payload().readableBytes() + TAG_HEADER_BYTES, chunkBytes));
        if (news) {
            writeHeader(out, tracks, frame.dtsNanos());
        }
        if (mine) {
            writeFrame(out, frame);
        }
        return out;
    }

    /** A frame of the first track of its kind. */
    private static boolean isFirst(Frame frame) {
        MediaKind kind = frame.track().kind();
        return kind != MediaKind.DATA && frame.tracks().first(kind).map(t -> t.id() == frame.track().id()).orElse(false);
    }

    private void writeFrame(ByteBuf out, Frame frame) {
        long dtsMillis = MediaClock.millis(frame.dtsNanos());
        tagHeader.clear();
        if (frame.isVideo()) {
            int composition = (int) (MediaClock.millis(frame.ptsNanos()) - dtsMillis);
            VideoTag.writeHeader(tagHeader, frame.track().codec(), TagKind.FRAME, frame.key(), composition);
            message(out, ChunkWriter.VIDEO, dtsMillis, Message.VIDEO, tagHeader, frame.payload());
        } else {
            AudioTag.writeHeader(tagHeader, frame.track(), TagKind.FRAME);
            message(out, ChunkWriter.AUDIO, dtsMillis, Message.AUDIO, tagHeader, frame.payload());
        }
    }

    @Override
    public ByteBuf header(Tracks tracks, long startDtsNanos) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();
        writeHeader(out, tracks, startDtsNanos);
        return out;
    }

    private void writeHeader(ByteBuf out, Tracks tracks, long startDtsNanos) {
        long millis = MediaClock.millis(startDtsNanos);
        ByteBuf metadata = Unpooled.buffer();
        FlvMetadata.write(metadata, tracks);
        message(out, ChunkWriter.DATA, METADATA_MILLIS, Message.DATA, metadata);
        tracks.first(MediaKind.VIDEO).filter(RtmpMuxer::isConfigured).ifPresent(video -> {
            tagHeader.clear();
            VideoTag.writeHeader(tagHeader, video.codec(), TagKind.CONFIGURATION, true, 0);
            message(out, ChunkWriter.VIDEO, millis, Message.VIDEO, tagHeader, Unpooled.wrappedBuffer(video.configuration()));
        });
        tracks.first(MediaKind.AUDIO).filter(RtmpMuxer::isConfigured).ifPresent(audio -> {
            tagHeader.clear();
            AudioTag.writeHeader(tagHeader, audio, TagKind.CONFIGURATION);
            message(out, ChunkWriter.AUDIO, millis, Message.AUDIO, tagHeader, Unpooled.wrappedBuffer(configuration(audio)));
        });
    }

    private static boolean isConfigured(Track track) {
        return track.configuration().length > 0;
    }

    /** Enhanced RTMP wants Opus's header with its magic, the core has it either way. */
    private static byte[] configuration(Track audio) {
        byte[] bytes = audio.configuration();
        if (audio.codec() != Codec.OPUS || Arrays.equals(OPUS_MAGIC, Arrays.copyOf(bytes, OPUS_MAGIC.length))) {
            return bytes;
        }
        byte[] whole = Arrays.copyOf(OPUS_MAGIC, OPUS_MAGIC.length + bytes.length);
        System.arraycopy(bytes, 0, whole, OPUS_MAGIC.length, bytes.length);
        return whole;
    }

    private void message(ByteBuf out, int chunkStream, long millis, int type, ByteBuf... parts) {
        ChunkWriter.write(out, chunkBytes, chunkStream, (int) millis, type, RtmpFeed.STREAM_ID, parts);
    }
}

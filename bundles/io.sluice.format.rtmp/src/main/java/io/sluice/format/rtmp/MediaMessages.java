package io.sluice.format.rtmp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.amf.AmfWriter;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvMetadata;
import io.sluice.format.flv.TagKind;
import io.sluice.format.flv.VideoTag;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Frames and their decoders' configurations as RTMP messages, section 7.1: the first track of each kind, since RTMP knows only one. H.264, AAC and MP3 go out as everybody knows
 * them, the rest as Enhanced RTMP. Appends to buffers that it borrows; not for two threads at once.
 */
public final class MediaMessages {
    /** Longest tag header: enhanced, with composition time. */
    private static final int TAG_HEADER_BYTES = 8;
    /** Metadata has no time; with another one ffmpeg takes it for a track of its own. */
    private static final int METADATA_MILLIS = 0;
    private static final byte[] OPUS_MAGIC = "OpusHead".getBytes(StandardCharsets.US_ASCII);

    private final int chunkBytes;
    private final int streamId;
    private final ByteBuf tagHeader = Unpooled.buffer(TAG_HEADER_BYTES);

    /**
     * @param chunkBytes that the receiver was told
     * @param streamId   the message stream
     */
    public MediaMessages(int chunkBytes, int streamId) {
        this.chunkBytes = chunkBytes;
        this.streamId = streamId;
    }

    /** Of the first track of its kind, and so one that is sent. */
    public static boolean carries(Frame frame) {
        MediaKind kind = frame.track().kind();
        return kind != MediaKind.DATA && frame.tracks().first(kind).map(t -> t.id() == frame.track().id()).orElse(false);
    }

    /** Never less than what a frame takes. */
    public int sizeOf(Frame frame) {
        return ChunkWriter.sizeOf(frame.payload().readableBytes() + TAG_HEADER_BYTES, chunkBytes);
    }

    /** @param dtsMillis decoding time; its lowest 32 bits are sent, the presentation time as the difference to it */
    public void frame(ByteBuf out, Frame frame, long dtsMillis, long ptsMillis) {
        tagHeader.clear();
        if (frame.isVideo()) {
            VideoTag.writeHeader(tagHeader, frame.track().codec(), TagKind.FRAME, frame.key(), (int) (ptsMillis - dtsMillis));
            message(out, ChunkWriter.VIDEO, dtsMillis, Message.VIDEO, tagHeader, frame.payload());
        } else {
            AudioTag.writeHeader(tagHeader, frame.track(), TagKind.FRAME);
            message(out, ChunkWriter.AUDIO, dtsMillis, Message.AUDIO, tagHeader, frame.payload());
        }
    }

    /** Sound that is of no frame, such as silence. @param payload borrowed */
    public void sound(ByteBuf out, Track track, ByteBuf payload, long millis) {
        tagHeader.clear();
        AudioTag.writeHeader(tagHeader, track, TagKind.FRAME);
        message(out, ChunkWriter.AUDIO, millis, Message.AUDIO, tagHeader, payload);
    }

    /** onMetaData, as a server sends it. */
    public void metadata(ByteBuf out, Tracks tracks) {
        ByteBuf metadata = Unpooled.buffer();
        FlvMetadata.write(metadata, tracks);
        message(out, ChunkWriter.DATA, METADATA_MILLIS, Message.DATA, metadata);
    }

    /** onMetaData as a publisher sends it: "@setDataFrame" in front, so that the server keeps it for players that come later. */
    public void setMetadata(ByteBuf out, Tracks tracks) {
        ByteBuf metadata = Unpooled.buffer();
        AmfWriter.write(metadata, "@setDataFrame");
        FlvMetadata.write(metadata, tracks);
        message(out, ChunkWriter.DATA, METADATA_MILLIS, Message.DATA, metadata);
    }

    /** What the decoders of both need before the first frame. */
    public void configurations(ByteBuf out, Tracks tracks, long millis) {
        tracks.first(MediaKind.VIDEO).filter(MediaMessages::isConfigured).ifPresent(video -> {
            tagHeader.clear();
            VideoTag.writeHeader(tagHeader, video.codec(), TagKind.CONFIGURATION, true, 0);
            message(out, ChunkWriter.VIDEO, millis, Message.VIDEO, tagHeader, Unpooled.wrappedBuffer(video.configuration()));
        });
        tracks.first(MediaKind.AUDIO).filter(MediaMessages::isConfigured).ifPresent(audio -> {
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
        ChunkWriter.write(out, chunkBytes, chunkStream, (int) millis, type, streamId, parts);
    }
}

package io.sluice.target.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.format.delivery.Packer;
import io.sluice.format.delivery.Timeline;
import io.sluice.format.flv.AudioTag;
import io.sluice.format.flv.FlvMetadata;
import io.sluice.format.flv.FlvTag;
import io.sluice.format.flv.FlvWriter;
import io.sluice.format.flv.TagKind;
import io.sluice.format.flv.VideoTag;

/** Frames as an FLV file without an end: the first track of each kind. */
final class FlvPacker implements Packer {
    /** Of a tag, its header and that of its body. */
    private static final int OVERHEAD_BYTES = 32;

    private final Timeline timeline = new Timeline();
    private final ByteBuf header = Unpooled.buffer(16);
    private Tracks tracks;

    @Override
    public int sizeOf(Frame frame) {
        return frame.payload().readableBytes() + OVERHEAD_BYTES;
    }

    @Override
    public void pack(ByteBuf out, Frame frame) {
        long dts = timeline.dtsNanos(frame);
        MediaKind kind = frame.track().kind();
        if (dts == Timeline.DROP || kind == MediaKind.DATA || frame.tracks().first(kind).map(t -> t.id() != frame.track().id()).orElse(true)) {
            return;
        }
        long millis = Timeline.millis(dts);
        if (frame.tracks() != tracks) {
            if (tracks == null) {
                FlvWriter.begin(out, frame.tracks().first(MediaKind.AUDIO).isPresent(), frame.tracks().hasVideo());
            }
            tracks = frame.tracks();
            begin(out, millis);
        }
        header.clear();
        if (frame.isVideo()) {
            VideoTag.writeHeader(header, frame.track().codec(), TagKind.FRAME, frame.key(), (int) (Timeline.millis(dts + frame.ptsNanos() - frame.dtsNanos()) - millis));
        } else {
            AudioTag.writeHeader(header, frame.track(), TagKind.FRAME);
        }
        FlvWriter.tag(out, frame.isVideo() ? FlvTag.VIDEO : FlvTag.AUDIO, millis, Unpooled.wrappedBuffer(header.slice(), frame.payload().slice()));
    }

    private void begin(ByteBuf out, long millis) {
        ByteBuf metadata = Unpooled.buffer();
        FlvMetadata.write(metadata, tracks);
        FlvWriter.tag(out, FlvTag.DATA, millis, metadata);
        tracks.first(MediaKind.VIDEO).ifPresent(v -> {
            header.clear();
            VideoTag.writeHeader(header, v.codec(), TagKind.CONFIGURATION, true, 0);
            configuration(out, FlvTag.VIDEO, millis, v);
        });
        tracks.first(MediaKind.AUDIO).ifPresent(a -> {
            header.clear();
            AudioTag.writeHeader(header, a, TagKind.CONFIGURATION);
            configuration(out, FlvTag.AUDIO, millis, a);
        });
    }

    private void configuration(ByteBuf out, int type, long millis, Track track) {
        byte[] bytes = track.configuration();
        if (bytes.length > 0) {
            FlvWriter.tag(out, type, millis, Unpooled.wrappedBuffer(header.slice(), Unpooled.wrappedBuffer(bytes)));
        }
    }
}

package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.stream.Muxer;
import io.sluice.format.rtmp.MediaClock;
import io.sluice.format.rtmp.MediaMessages;

/** Frames to RTMP messages in chunks: the first track of each kind, since players know only one. Times are absolute and wrap at 32 bits. */
final class RtmpMuxer implements Muxer {
    private final MediaMessages messages;
    private Tracks tracks;

    RtmpMuxer(int chunkBytes) {
        messages = new MediaMessages(chunkBytes, RtmpFeed.STREAM_ID);
    }

    @Override
    public ByteBuf mux(Frame frame) {
        Tracks before = tracks;
        tracks = frame.tracks();
        boolean news = before != null && before != tracks;
        boolean mine = MediaMessages.carries(frame);
        if (!news && !mine) {
            return Unpooled.EMPTY_BUFFER;
        }
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(messages.sizeOf(frame));
        if (news) {
            writeHeader(out, tracks, frame.dtsNanos());
        }
        if (mine) {
            messages.frame(out, frame, MediaClock.millis(frame.dtsNanos()), MediaClock.millis(frame.ptsNanos()));
        }
        return out;
    }

    @Override
    public ByteBuf header(Tracks tracks, long startDtsNanos) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer();
        writeHeader(out, tracks, startDtsNanos);
        return out;
    }

    private void writeHeader(ByteBuf out, Tracks tracks, long startDtsNanos) {
        messages.metadata(out, tracks);
        messages.configurations(out, tracks, MediaClock.millis(startDtsNanos));
    }
}

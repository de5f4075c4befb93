package io.sluice.target.http.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.media.MediaKind;
import io.sluice.api.media.Track;
import io.sluice.format.mp4.Mp4Options;
import io.sluice.format.mp4.Mp4Writer;

/** One track and the request that carries it: its header, then chunks of half a second, or less before a key frame. On the push's loop. */
final class CmafTrack implements LongRequest.Owner {
    private static final Mp4Options CHUNKS = new Mp4Options(0, 500_000_000L, 4 << 20);
    /** Beside the payloads that are held: a header, and 16 bytes a frame. */
    private static final int OVERHEAD_BYTES = 4096;

    private final CmafPush push;
    private final Track track;
    private final Mp4Writer writer;
    private final LongRequest request;

    /** @throws IllegalArgumentException where MP4 cannot carry it */
    CmafTrack(CmafPush push, Track track, HttpUrl url, Options options) {
        this.push = push;
        this.track = track;
        this.writer = Mp4Writer.live(track, CHUNKS, 0);
        String type = track.kind() == MediaKind.VIDEO ? "video/mp4" : "audio/mp4";
        this.request = new LongRequest(push.request(), url, options, "Content-Type: " + type + "\r\nDASH-IF-Ingest: 1.1\r\n", this);
    }

    LongRequest request() {
        return request;
    }

    /** @param dtsNanos on the push's timeline; the frame is borrowed */
    void write(Frame frame, long dtsNanos) {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(frame.payload().readableBytes() + OVERHEAD_BYTES);
        try {
            writer.write(track.id(), dtsNanos + frame.ptsNanos() - frame.dtsNanos(), dtsNanos, frame.key(), frame.payload(), out);
        } catch (RuntimeException e) {
            out.release();
            throw e;
        }
        give(out);
    }

    /** The last chunk, and the end of the body. */
    void finish() {
        ByteBuf out = PooledByteBufAllocator.DEFAULT.directBuffer(OVERHEAD_BYTES);
        writer.finish(out);
        give(out);
        request.finish();
    }

    private void give(ByteBuf out) {
        if (out.isReadable()) {
            request.chunk(out);
        } else {
            out.release();
        }
    }

    @Override
    public void begin() {
        push.begun();
    }

    @Override
    public void writable() {
        push.run();
    }

    @Override
    public void stopping() {
        push.finish();
    }

    @Override
    public void ending(String problem) {
        if (!problem.isEmpty()) {
            push.end(problem);
        }
    }

    @Override
    public void over(String problem) {
        push.over();
    }
}

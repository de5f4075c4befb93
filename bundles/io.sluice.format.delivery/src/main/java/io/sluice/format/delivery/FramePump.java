package io.sluice.format.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.net.Connection;
import io.sluice.api.push.PushProgress;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import java.util.function.Consumer;

/** Takes frames from the stream while the receiver takes bytes. Sound waits for the next picture, so that both go in one system call. On the connection's loop. */
public final class FramePump {
    /** Sound waits no longer than this, in media time: pictures may be missing for a while. */
    private static final long MOST_HELD_NANOS = 500_000_000L;

    private final Connection connection;
    private final Reader reader;
    private final PushProgress progress;
    private final Packer packer;
    private final Consumer<ByteBuf> sink;
    private final Consumer<String> ended;
    private ByteBuf held;
    private long heldSinceNanos;
    private long given;
    private boolean last;
    private boolean over;

    /**
     * @param progress told of the times that were sent
     * @param sink     writes to the connection; takes over the reference
     * @param ended    all was given to the sink: "", or why it cannot go on
     */
    public FramePump(Connection connection, Reader reader, PushProgress progress, Packer packer, Consumer<ByteBuf> sink, Consumer<String> ended) {
        this.connection = connection;
        this.reader = reader;
        this.progress = progress;
        this.packer = packer;
        this.sink = sink;
        this.ended = ended;
    }

    public void start() {
        reader.frames(ReadFrom.LIVE, this::run);
        run();
    }

    /** Something is there, or the receiver takes bytes again. */
    public void run() {
        if (over) {
            return;
        }
        try {
            while (connection.writable()) {
                Frame frame = reader.nextFrame();
                if (frame == null) {
                    break;
                }
                take(frame);
            }
        } catch (IllegalArgumentException e) {
            drop();
            ended.accept(e.getMessage());
            return;
        }
        if (reader.ended() || last && connection.writable()) {
            flush();
            held = PooledByteBufAllocator.DEFAULT.directBuffer();
            packer.finish(held);
            flush();
            over = true;
            ended.accept("");
        }
    }

    /** What the stream has for the receiver by now goes out, as fast as it takes it; then the end. */
    public void finish() {
        last = true;
        run();
    }

    /** Nothing more goes out. */
    public void drop() {
        over = true;
        if (held != null) {
            held.release();
            held = null;
        }
    }

    /** Bytes that were given to the sink. */
    public long given() {
        return given;
    }

    private void take(Frame frame) {
        try {
            if (frame.isVideo()) {
                flush(); // a picture gets a buffer of its own, of its size
            }
            if (held == null) {
                held = PooledByteBufAllocator.DEFAULT.directBuffer(packer.sizeOf(frame));
                heldSinceNanos = frame.dtsNanos();
            }
            packer.pack(held, frame);
            if (frame.isVideo() || !frame.tracks().hasVideo() || frame.dtsNanos() - heldSinceNanos >= MOST_HELD_NANOS) {
                flush();
            }
            progress.media(frame.dtsNanos());
        } finally {
            frame.payload().release();
        }
    }

    private void flush() {
        ByteBuf out = held;
        held = null;
        if (out == null) {
            return;
        }
        if (out.isReadable()) {
            given += out.readableBytes();
            sink.accept(out);
        } else {
            out.release();
        }
    }
}

package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import java.util.ArrayDeque;

/**
 * What was written to one connection and waits for the end of the loop's event. Nothing goes to the channel before the flush, so that TLS and plain
 * connections count unsent bytes alike. Used on one loop.
 */
final class Outbox {
    private final ArrayDeque<ByteBuf> queue = new ArrayDeque<>();
    private final ChannelHandlerContext ctx;
    private final Attribution attribution;
    private long queued;
    private long written;
    private volatile long accepted;
    private int flushesUnderway;
    private boolean stalled;
    private Runnable whenSent;

    Outbox(ChannelHandlerContext ctx, Attribution attribution) {
        this.ctx = ctx;
        this.attribution = attribution;
    }

    /** Takes over the caller's reference. */
    void add(ByteBuf bytes) {
        if (!bytes.isReadable()) {
            bytes.release();
            return;
        }
        queued += bytes.readableBytes();
        queue.add(bytes);
        if (!room()) {
            stalled = true;
        }
    }

    /** Remembers a no, so that the end of it is told. */
    boolean writable() {
        boolean room = room();
        stalled |= !room;
        return room;
    }

    private boolean room() {
        return ctx.channel().isWritable() && queued < ctx.channel().bytesBeforeUnwritable();
    }

    /** True once after the peer was slow and takes bytes again. */
    boolean recovered() {
        if (stalled && room()) {
            stalled = false;
            return true;
        }
        return false;
    }

    /**
     * Only the last write of a flush has a promise: when it is done, so are those before it. What is added while this flushes, because the kernel has
     * made room, belongs to the next flush.
     */
    void flush() {
        if (queue.isEmpty()) {
            return;
        }
        written += queued;
        queued = 0;
        long upTo = written;
        for (int n = queue.size(); n > 0; n--) {
            ByteBuf b = queue.poll();
            if (n == 1) {
                flushesUnderway++;
                ctx.writeAndFlush(b).addListener((ChannelFutureListener) f -> sent(f.isSuccess(), upTo));
            } else {
                ctx.write(b, ctx.voidPromise());
            }
        }
    }

    private void sent(boolean success, long upTo) {
        flushesUnderway--;
        if (success) {
            accepted = upTo;
            attribution.accepted(upTo);
        }
        if (flushesUnderway == 0 && whenSent != null) {
            Runnable task = whenSent;
            whenSent = null;
            task.run();
        }
    }

    /** Runs the task when all that was flushed is with the kernel (or lost): at once where nothing is under way. */
    void whenSent(Runnable task) {
        if (flushesUnderway == 0) {
            task.run();
        } else {
            whenSent = task;
        }
    }

    /** How many writes wait; with {@link #dropFrom} it takes back what a failed hand-over wrote. */
    int size() {
        return queue.size();
    }

    void dropFrom(int size) {
        while (queue.size() > size) {
            ByteBuf b = queue.removeLast();
            queued -= b.readableBytes();
            b.release();
        }
    }

    /** Bytes that were handed over for sending, whether or not the kernel has taken them. */
    long handed() {
        return written + queued;
    }

    /** Bytes that the kernel took, TLS not counted. */
    long accepted() {
        return accepted;
    }

    /** For HTTP, whose codecs write past this: one write of so many bytes is under way. */
    void underway(ChannelFuture write, int bytes) {
        written += bytes;
        long upTo = written;
        flushesUnderway++;
        write.addListener((ChannelFutureListener) f -> sent(f.isSuccess(), upTo));
    }

    /** Rises while the peer takes bytes. */
    long progress() {
        ChannelOutboundBuffer unsent = ctx.channel().unsafe().outboundBuffer();
        return accepted + (unsent == null ? 0 : unsent.currentProgress());
    }
}

package io.sluice.streams.internal.process;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.sluice.api.media.Frame;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.process.ProcessRequest;
import io.sluice.api.process.ProcessRun;
import io.sluice.api.process.ProcessSink;
import io.sluice.api.process.StreamProcess;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.InTurn;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One process at work for one track of a stream. Frames go to it in turn on threads that may block; what it makes comes back home. Begun and closed at the stream's home. A
 * process that is too slow loses frames, and the stream notices nothing.
 */
final class Conversion {
    private static final Logger LOG = LoggerFactory.getLogger(Conversion.class);
    /** Ten seconds of sound in frames of 20 ms: a process that is so far behind does not keep up. */
    private static final int MOST_WAITING = 500;

    /** Where its frames go, at home. */
    @FunctionalInterface
    interface Output {
        /** The payload is borrowed. */
        void write(Conversion from, long ptsNanos, boolean key, ByteBuf payload);
    }

    private final String stream;
    private final Plan.Step step;
    private final Elected.Use<StreamProcess> use;
    private final Executor home;
    private final Executor workers;
    private final InTurn turn;
    private final Output output;
    private final Sink sink;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;
    private volatile ProcessRun run; // written in turn
    private volatile String failure = "";
    private long dropped;

    Conversion(String stream, Plan.Step step, Elected.Use<StreamProcess> use, Executor home, Executor workers, ByteBufAllocator allocator, Output output) {
        this.stream = stream;
        this.step = step;
        this.use = use;
        this.home = home;
        this.workers = workers;
        this.turn = new InTurn(workers);
        this.output = output;
        this.sink = new Sink(allocator);
    }

    Plan.Step step() {
        return step;
    }

    boolean isOf(Plugin<StreamProcess> plugin) {
        return use.plugin() == plugin;
    }

    /** Why it does not go on, or "". From any thread. */
    String failure() {
        return failure;
    }

    void start() {
        LOG.info("{}: {} makes {} of {}", stream, use.plugin().bundle(), step.output(), step.input());
        inTurn(() -> {
            try {
                run = use.service().start(new ProcessRequest(stream, step.input(), step.output(), sink, workers));
            } catch (RuntimeException | LinkageError e) {
                failed(e);
            }
        });
    }

    void write(Frame frame) {
        if (closed || !failure.isEmpty()) {
            return;
        }
        if (waiting.get() >= MOST_WAITING) {
            dropped++;
            return;
        }
        frame.payload().retain();
        waiting.incrementAndGet();
        if (!inTurn(() -> convert(frame))) {
            release(frame);
        }
    }

    private void convert(Frame frame) {
        try {
            ProcessRun now = run;
            if (!closed && now != null && failure.isEmpty()) {
                now.write(frame);
            }
        } catch (RuntimeException | LinkageError e) {
            failed(e);
        } finally {
            release(frame);
        }
    }

    private void release(Frame frame) {
        waiting.decrementAndGet();
        frame.payload().release();
    }

    private boolean inTurn(Runnable task) {
        try {
            turn.execute(task);
            return true;
        } catch (RejectedExecutionException e) {
            failure = "no thread is free for it";
            return false;
        }
    }

    private void failed(Throwable e) {
        if (!(e instanceof IllegalArgumentException)) {
            LOG.warn("{}: {} failed", stream, use.plugin().bundle(), e);
        }
        sink.failed(e.getMessage() == null ? e.toString() : e.getMessage());
    }

    /** Its plugin may go once nothing of it runs. */
    void close() {
        closed = true;
        LOG.info("{}: {} makes nothing of {} any more{}", stream, use.plugin().bundle(), step.input(), dropped > 0 ? "; it was too slow for " + dropped + " frames" : "");
        try {
            // not in turn: it may be a write that hangs
            workers.execute(this::shut);
            turn.execute(() -> {
                shut();
                use.close();
            });
        } catch (RejectedExecutionException e) {
            use.close();
        }
    }

    private void shut() {
        ProcessRun now;
        synchronized (this) {
            now = run;
            run = null;
        }
        if (now != null) {
            try {
                now.close();
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{}: {} failed at its close", stream, use.plugin().bundle(), e);
            }
        }
    }

    /** What the process holds. */
    private final class Sink implements ProcessSink {
        private final ByteBufAllocator allocator;

        private Sink(ByteBufAllocator allocator) {
            this.allocator = allocator;
        }

        @Override
        public void write(long ptsNanos, boolean key, ByteBuf payload) {
            if (closed) {
                return;
            }
            ByteBuf copy = allocator.buffer(payload.readableBytes()).writeBytes(payload, payload.readerIndex(), payload.readableBytes());
            try {
                home.execute(() -> arrived(ptsNanos, key, copy));
            } catch (RejectedExecutionException e) {
                copy.release(); // the server is stopping
            }
        }

        private void arrived(long ptsNanos, boolean key, ByteBuf copy) {
            try {
                if (!closed) {
                    output.write(Conversion.this, ptsNanos, key, copy);
                }
            } finally {
                copy.release();
            }
        }

        @Override
        public void failed(String reason) {
            if (failure.isEmpty() && !closed) {
                failure = reason.isEmpty() ? "it gave no reason" : reason;
                LOG.warn("{}: {} is not made of {}: {}", stream, step.output(), step.input(), failure);
            }
        }
    }
}

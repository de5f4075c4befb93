package io.sluice.target.ts.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.net.Handle;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushProgress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.Recording;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segments;
import io.sluice.api.variable.Expansion;
import io.sluice.testkit.Await;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/** A push with a stream of its own: gives frames, notes what it is told. */
final class Told implements PushProgress, Reader {
    final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();
    private final Executor blocking = Runnable::run;
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private Runnable readable;
    private boolean over;
    final List<String> notes = new ArrayList<>();
    volatile String shown = "";
    volatile String ended;
    volatile long bytes;
    volatile long packets;
    volatile long mediaNanos;

    PushRequest request(String target, Map<String, String> parameters) {
        return new PushRequest("1", new PushAddress(target.substring(0, 5), target, parameters), this, loop, blocking, this,
            (text, context) -> new Expansion(text.replace("$host", "127.0.0.1"), ""), () -> null);
    }

    void play(List<Frame> more) {
        loop.execute(() -> {
            frames.addAll(more);
            if (readable != null) {
                readable.run();
            }
        });
    }

    String finish() {
        loop.execute(() -> {
            over = true;
            if (readable != null) {
                readable.run();
            }
        });
        return over();
    }

    String over() {
        Await.until("the end", Duration.ofSeconds(20), () -> ended != null);
        return ended;
    }

    @Override
    public void running(String now) {
        shown = now;
    }

    @Override
    public void media(long nanos) {
        mediaNanos = nanos;
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public void recorded(Recording recording) {
    }

    @Override
    public void ended(String problem) {
        ended = problem;
    }

    @Override
    public void in(long more) {
    }

    @Override
    public void out(long more) {
        bytes += more;
    }

    @Override
    public void packets(long sent, long lost, long again) {
        packets += sent;
    }

    @Override
    public String stream() {
        return "show";
    }

    @Override
    public void frames(ReadFrom from, Runnable call) {
        readable = call;
    }

    @Override
    public Frame nextFrame() {
        return frames.pollFirst();
    }

    @Override
    public boolean ended() {
        return over && frames.isEmpty();
    }

    @Override
    public String endReason() {
        return "";
    }

    @Override
    public void onEnd(Consumer<String> reason) {
    }

    @Override
    public void close() {
        loop.shutdownNow();
    }

    @Override
    public String links() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void open(FeedFormat format, Runnable call) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuf next() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Segments segments(String form) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Handle handle() {
        throw new UnsupportedOperationException();
    }
}

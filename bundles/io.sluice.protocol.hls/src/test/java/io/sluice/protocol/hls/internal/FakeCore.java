package io.sluice.protocol.hls.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segment;
import io.sluice.api.stream.Segments;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The core as far as a route sees it: one stream, answered when the test says so. */
final class FakeCore implements Streams, Reader, Segments {
    final CompletableFuture<Reader> answer = new CompletableFuture<>();
    final List<Segment> listed = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    Tracks tracks = Media.both();
    PlayRequest asked;
    boolean ended;
    String links = "";
    Consumer<String> cut;
    int open;

    FakeCore admit() {
        open++;
        answer.complete(this);
        return this;
    }

    void deny(Denied.Reason reason, String text) {
        answer.completeExceptionally(new Denied(reason, text));
    }

    void add(Segment segment) {
        listed.add(segment);
        changed();
    }

    void end() {
        ended = true;
        changed();
    }

    private void changed() {
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    @Override
    public CompletionStage<Reader> play(PlayRequest request) {
        asked = request;
        return answer;
    }

    @Override
    public StreamInfo info(String name) {
        return new StreamInfo(name, StreamInfo.State.LIVE, tracks, "", "", 0, 0, 0, 0, 0, 0, 0, 0, true, "", "");
    }

    @Override
    public String stream() {
        return "cam";
    }

    @Override
    public String links() {
        return links;
    }

    @Override
    public void onEnd(Consumer<String> reason) {
        cut = reason;
    }

    @Override
    public CompletionStage<String> noted(HttpExchange exchange, String stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Segments segments(String form) {
        return this;
    }

    @Override
    public void close() {
        open--;
    }

    @Override
    public List<Segment> listed() {
        return List.copyOf(listed);
    }

    @Override
    public Segment find(String path) {
        Segment found = listed.stream().filter(s -> s.path().equals(path)).findFirst().orElse(null);
        if (found != null) {
            found.data().retain();
        }
        return found;
    }

    @Override
    public long discontinuitySequence() {
        return 0;
    }

    @Override
    public boolean ended() {
        return ended;
    }

    @Override
    public String problem() {
        return "";
    }

    @Override
    public void onChange(Runnable task) {
        if (ended) {
            task.run();
        } else {
            waiting.add(task);
        }
    }

    @Override
    public CompletionStage<Publisher> publish(PublishRequest request) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reader reader(Handle handle, Connection connection) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Publisher publisher(Handle handle, Connection connection) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<StreamInfo> list() {
        return List.of();
    }

    @Override
    public AutoCloseable listen(Consumer<StreamInfo> changed) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean open() {
        return false;
    }

    @Override
    public void open(FeedFormat format, Runnable readable) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void frames(ReadFrom from, Runnable readable) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Frame nextFrame() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ByteBuf next() {
        return null;
    }

    @Override
    public String endReason() {
        return "";
    }

    @Override
    public Handle handle() {
        return new Handle(1);
    }
}

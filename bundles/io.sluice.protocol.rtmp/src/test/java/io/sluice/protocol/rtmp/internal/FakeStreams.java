package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Frame;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Handle;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Muxer;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.Segments;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One stream in memory, for every name: what is published can be played, and looked at. On one thread. */
final class FakeStreams implements Streams {
    final List<Frame> frames = new ArrayList<>();
    final List<FakeReader> readers = new ArrayList<>();
    final Map<Long, Object> handles = new LinkedHashMap<>();
    Tracks tracks = Tracks.NONE;
    int trackChanges;
    PublishRequest published;
    PlayRequest played;
    FakePublisher publisher;
    RuntimeException denial;
    /** Where set, questions wait for it. */
    CompletableFuture<Void> gate = CompletableFuture.completedFuture(null);
    boolean ended;

    @Override
    public CompletionStage<Reader> play(PlayRequest request) {
        played = request;
        return gate.thenApply(x -> {
            deny();
            return new FakeReader(0, true);
        });
    }

    @Override
    public CompletionStage<Publisher> publish(PublishRequest request) {
        published = request;
        return gate.thenApply(x -> {
            deny();
            return publisher = new FakePublisher();
        });
    }

    private void deny() {
        if (denial != null) {
            throw denial;
        }
    }

    @Override
    public CompletionStage<String> noted(HttpExchange exchange, String stream) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Reader reader(Handle handle, Connection connection) {
        if (!(handles.get(handle.id()) instanceof FakeReader old)) {
            throw new IllegalArgumentException("no reader " + handle);
        }
        old.close();
        return new FakeReader(old.next, false);
    }

    @Override
    public Publisher publisher(Handle handle, Connection connection) {
        if (!(handles.get(handle.id()) instanceof FakePublisher)) {
            throw new IllegalArgumentException("no publisher " + handle);
        }
        return publisher = new FakePublisher();
    }

    @Override
    public StreamInfo info(String name) {
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
        return true;
    }

    void end() {
        ended = true;
        List.copyOf(readers).forEach(FakeReader::wake);
    }

    void write(int trackId, long ptsNanos, long dtsNanos, boolean key, byte[] payload) {
        Track track = tracks.byId(trackId).orElseThrow(() -> new AssertionError("a frame of the undeclared track " + trackId));
        frames.add(new Frame(frames.size(), track, tracks, ptsNanos, dtsNanos, key, 0, Unpooled.wrappedBuffer(payload)));
        List.copyOf(readers).forEach(FakeReader::wake);
    }

    void declare(List<Track> list) {
        tracks = new Tracks(0, list);
        trackChanges++;
    }

    /** Each frame as a line. */
    List<String> lines() {
        return frames.stream().map(f -> f.track().id() + " " + f.ptsNanos() / 1_000_000 + " " + f.dtsNanos() / 1_000_000 + (f.key() ? " key " : " ")
            + ByteBufUtil.hexDump(f.payload())).toList();
    }

    final class FakePublisher implements Publisher {
        final CompletableFuture<Void> gone = new CompletableFuture<>();
        Consumer<String> onEnd = reason -> { };

        @Override
        public String stream() {
            return "mine";
        }

        @Override
        public void tracks(List<Track> list) {
            declare(list);
        }

        @Override
        public void write(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
            FakeStreams.this.write(trackId, ptsNanos, dtsNanos, key, ByteBufUtil.getBytes(payload));
        }

        @Override
        public void onEnd(Consumer<String> reason) {
            onEnd = reason;
        }

        @Override
        public Handle handle() {
            return FakeStreams.this.handle(this);
        }

        @Override
        public void close() {
            gone.complete(null);
        }
    }

    private Handle handle(Object owner) {
        long id = handles.size() + 1L;
        handles.put(id, owner);
        return new Handle(id);
    }

    final class FakeReader implements Reader {
        int next;
        boolean closed;
        Consumer<String> cut;
        private boolean header;
        private Muxer muxer;
        private Runnable readable;

        FakeReader(int next, boolean header) {
            this.next = next;
            this.header = header;
            readers.add(this);
        }

        void wake() {
            if (readable != null) {
                readable.run();
            }
        }

        @Override
        public String stream() {
            return "mine";
        }

        @Override
        public void open(FeedFormat format, Runnable onReadable) {
            muxer = format.open();
            readable = onReadable;
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
            if (closed || next >= frames.size()) {
                return null;
            }
            Frame frame = frames.get(next);
            if (header) {
                header = false;
                return muxer.header(frame.tracks(), frame.dtsNanos());
            }
            next++;
            return muxer.mux(frame);
        }

        @Override
        public boolean ended() {
            return ended && next >= frames.size();
        }

        @Override
        public String endReason() {
            return "the publisher has gone";
        }

        @Override
        public String links() {
            return "";
        }

        @Override
        public void onEnd(Consumer<String> reason) {
            cut = reason;
        }

        @Override
        public Segments segments(String form) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Handle handle() {
            return FakeStreams.this.handle(this);
        }

        @Override
        public void close() {
            closed = true;
            readers.remove(this);
        }
    }
}

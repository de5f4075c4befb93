package io.sluice.admin.player.internal;

import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Connections;
import io.sluice.api.net.Handle;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.Snapshot;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.Denied;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.SegmentFormat;
import io.sluice.api.stream.Segmenter;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** The core as this bundle sees it, in the hands of the test. */
final class Fakes {
    private Fakes() {
    }

    static final class FakeStreams implements Streams {
        final Map<String, StreamInfo> known = new HashMap<>();
        boolean open;
        String noted;
        String links = "";

        @Override
        public StreamInfo info(String name) {
            if (name.isEmpty()) {
                throw new Denied(Denied.Reason.NAME, "A stream's name was wanted, nothing was found.");
            }
            return known.getOrDefault(name, StreamFacts.offline(name, ""));
        }

        @Override
        public List<StreamInfo> list() {
            return List.copyOf(known.values());
        }

        @Override
        public AutoCloseable listen(Consumer<StreamInfo> changed) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean open() {
            return open;
        }

        @Override
        public CompletionStage<Reader> play(PlayRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<Publisher> publish(PublishRequest request) {
            throw new UnsupportedOperationException();
        }

        @Override
        public CompletionStage<String> noted(HttpExchange exchange, String stream) {
            noted = stream;
            return CompletableFuture.completedFuture(links);
        }

        @Override
        public Reader reader(Handle handle, Connection connection) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Publisher publisher(Handle handle, Connection connection) {
            throw new UnsupportedOperationException();
        }
    }

    record FakeConnections(List<Listener> listeners) implements Connections {
        @Override
        public List<Info> list() {
            return List.of();
        }

        @Override
        public boolean owns(Connection connection) {
            return true;
        }

        @Override
        public boolean owns(HttpExchange exchange) {
            return true;
        }

        @Override
        public boolean close(long id, String reason) {
            return false;
        }
    }

    /** Offers one HLS that carries everything but what the test names. */
    static final class FakePlugins implements Plugins, SegmentFormat {
        String problem = "";
        int uses;
        boolean listening;
        private Listener<SegmentFormat> listener;

        @Override
        @SuppressWarnings("unchecked")
        public <T> AutoCloseable listen(Class<T> type, Listener<T> asked) {
            listener = (Listener<SegmentFormat>) asked;
            listening = true;
            listener.elected("hls", null, new FakePlugin(this));
            return () -> listening = false;
        }

        void withdraw() {
            listener.elected("hls", new FakePlugin(this), null);
        }

        @Override
        public String problem(Tracks tracks) {
            return problem;
        }

        @Override
        public Segmenter open(long targetNanos, Snapshot before) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Info> list() {
            return List.of();
        }

        @Override
        public void elect(String sha256) {
            throw new UnsupportedOperationException();
        }
    }

    record FakePlugin(FakePlugins plugins) implements Plugin<SegmentFormat> {
        @Override
        public SegmentFormat service() {
            return plugins;
        }

        @Override
        public String name() {
            return "hls";
        }

        @Override
        public Map<String, Object> properties() {
            return Map.of();
        }

        @Override
        public String bundle() {
            return "hls 1";
        }

        @Override
        public AutoCloseable use() {
            plugins.uses++;
            return () -> plugins.uses--;
        }
    }
}

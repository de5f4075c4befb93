package io.sluice.admin.shell.internal;

import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.media.Tracks;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Connections;
import io.sluice.api.net.Handle;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.Sessions;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** A server that stands still: what the commands show of it is known. */
final class Facts implements Connections {
    private static final Tracks TRACKS = new Tracks(0, List.of(Track.video(0, Codec.H264, new byte[0], 1280, 720), Track.audio(1, Codec.AAC, new byte[0], 48000, 2)));
    final List<String> done = new ArrayList<>();

    @Override
    public List<Connections.Info> list() {
        long since = System.currentTimeMillis() - 65_500;
        return List.of(new Connections.Info(1, "127.0.0.1:5000", "rtmp", "rtmp", "io.sluice.protocol.rtmp 1.0.0", "publish", "mine", since, 4_200_000, 3000, 0),
            new Connections.Info(12, "127.0.0.1:5001", "rtmp", "rtmp", "io.sluice.protocol.rtmp 1.0.0", "play", "mine", since, 3000, 4_100_000, 2),
            new Connections.Info(13, "127.0.0.1:5002", "rtmp", "rtmp", "io.sluice.protocol.rtmp 1.0.0", "play", "demo", since, 3000, 1000, 0));
    }

    @Override
    public List<Connections.Listener> listeners() {
        return List.of(new Connections.Listener("rtmp", "0.0.0.0:1935", false, List.of("rtmp"), "port 1935 is taken"));
    }

    @Override
    public boolean owns(Connection connection) {
        return false;
    }

    @Override
    public boolean owns(HttpExchange exchange) {
        return false;
    }

    @Override
    public boolean close(long id, String reason) {
        done.add("close " + id + " " + reason);
        return id == 12;
    }

    /** One stream, live, in trouble. */
    Streams streams() {
        return new Streams() {
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
            public StreamInfo info(String name) {
                return name.equals("mine") ? list().get(0) : new StreamInfo(name, StreamInfo.State.OFFLINE, Tracks.NONE, "", "", 0, 0, 0, 0, 0, 0, 0, 0, false, "", "");
            }

            @Override
            public List<StreamInfo> list() {
                return List.of(new StreamInfo("mine", StreamInfo.State.LIVE, TRACKS, "any", "rtmp 127.0.0.1:5000", 1, System.currentTimeMillis() - 65_500, 1000, 31_000,
                    4_200_000, 1800, 3, System.currentTimeMillis() - 1_500, true, "", "no key frame for 10 s"));
            }

            @Override
            public AutoCloseable listen(Consumer<StreamInfo> changed) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean open() {
                return true;
            }
        };
    }

    Plugins plugins() {
        return new Plugins() {
            @Override
            public <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public List<Info> list() {
                return List.of(new Info("io.sluice.protocol.rtmp", "1.1.0", "ab".repeat(32), "rtmp.jar", State.ELECTED, "", List.of("Protocol rtmp"), 14));
            }

            @Override
            public void elect(String sha256) {
                done.add("elect " + sha256);
                if (!sha256.startsWith("ab")) {
                    throw new IllegalArgumentException("no version has a hash that begins with " + sha256);
                }
            }
        };
    }

    Sessions sessions() {
        Session one = new Session("cafe".repeat(16), Session.State.LIVE, ConnectionKind.VIEWER, "fields", "my-secret-token", Map.of("mine", 5L), Map.of("hls", 5L),
            Map.of("10.0.0.1", 5L), "VLC", List.of(12L), System.currentTimeMillis() - 5000, 0, 5, 10, 20_000, 100, 2, 3, 65_000, Set.of("UA:VLC"), "");
        return new Sessions() {
            @Override
            public List<Session> list(Predicate<Session> which, int most) {
                return which.test(one) ? List.of(one) : List.of();
            }

            @Override
            public Session get(String id) {
                return one;
            }

            @Override
            public int stop(Predicate<Session> which, String reason) {
                done.add("stop");
                return which.test(one) ? 1 : 0;
            }

            @Override
            public void tag(String id, String tag) {
                done.add("tag " + tag);
            }

            @Override
            public void untag(String id, String tag) {
                done.add("untag " + tag);
            }

            @Override
            public int invalidate(Predicate<Session> which) {
                return which.test(one) ? 1 : 0;
            }

            @Override
            public AutoCloseable onEnded(Consumer<Session> listener) {
                throw new UnsupportedOperationException();
            }
        };
    }
}

package io.sluice.streams.internal;

import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.DefaultEventLoop;
import io.sluice.api.media.Codec;
import io.sluice.api.media.Track;
import io.sluice.api.net.Connection;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.stream.Credentials;
import io.sluice.api.stream.PlayRequest;
import io.sluice.api.stream.PublishRequest;
import io.sluice.api.stream.Publisher;
import io.sluice.api.stream.Reader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The service on real event loops, with plugins that a test elects and a clock that it turns. */
final class House implements AutoCloseable {
    static final Track VIDEO = Track.video(0, Codec.H264, new byte[] {1, 2, 3}, 640, 360);
    static final Track AUDIO = Track.audio(1, Codec.AAC, new byte[] {4, 5}, 48000, 2);

    final Turned clock = new Turned();
    final UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(true);
    final Table plugins = new Table();
    final StreamsService streams;
    private final List<Peer> peers = new ArrayList<>();
    private final List<DefaultEventLoop> loops = new ArrayList<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(2);
    private final AtomicInteger turn = new AtomicInteger();
    private final AtomicInteger tasks = new AtomicInteger();

    House(Settings settings, StreamConfig... configs) {
        for (int i = 0; i < 3; i++) {
            loops.add(new DefaultEventLoop() {
                @Override
                public void execute(Runnable task) {
                    tasks.incrementAndGet();
                    super.execute(task);
                }
            });
        }
        streams = new StreamsService(clock, allocator, plugins, new Loops() {
            @Override
            public ScheduledExecutorService next() {
                return loop();
            }

            @Override
            public Executor workers() {
                return workers;
            }
        }, new Entrance.Genuine() {
            @Override
            public boolean owns(Connection connection) {
                return connection instanceof Peer;
            }

            @Override
            public boolean owns(HttpExchange exchange) {
                return exchange instanceof Request;
            }
        }, settings);
        streams.configured(List.of(configs));
    }

    static Settings settings() {
        return new Settings("K", false, "", 0, 0, 64 << 20, 10_000, 30_000, 3000, 15_000, 60_000, true, 20_000);
    }

    static StreamConfig config(String name, String source) {
        return new StreamConfig(name, source, false, "", 50_000, 8 << 20, 10_000, true, 0, 1900, 6, 0, 40, List.of());
    }

    DefaultEventLoop loop() {
        return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
    }

    Peer peer() {
        return add(new Peer(loop()));
    }

    Peer peerOn(Peer neighbour) {
        return add(new Peer(neighbour.eventLoop()));
    }

    private Peer add(Peer peer) {
        peers.add(peer);
        return peer;
    }

    CompletableFuture<Publisher> publish(Peer peer, String name) {
        CompletableFuture<Publisher> answer = peer.ask(() -> streams.publish(PublishRequest.of(peer, "test", Credentials.of(name), "test://host/" + name, "tester")));
        settle();
        return answer;
    }

    CompletableFuture<Reader> play(Peer peer, String name) {
        return play(peer, "test", name);
    }

    CompletableFuture<Reader> play(Peer peer, String protocol, String name) {
        CompletableFuture<Reader> answer = peer.ask(() -> streams.play(PlayRequest.of(peer, protocol, Credentials.of(name), "test://host/" + name, "tester")));
        settle();
        return answer;
    }

    /** Posted on all loops so far. */
    int tasks() {
        return tasks.get();
    }

    /** Lets everything that is posted on the loops run, also what that posts. */
    void settle() {
        for (int i = 0; i < 8; i++) {
            for (DefaultEventLoop l : loops) {
                l.submit(() -> {
                }).syncUninterruptibly();
            }
        }
    }

    void tick() {
        streams.tick();
        settle();
    }

    @Override
    public void close() {
        streams.close();
        settle();
        peers.forEach(Peer::end);
        settle();
        workers.shutdown();
        loops.forEach(l -> l.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly());
    }

    /** Plugins as a test elects them. */
    static final class Table implements Plugins {
        final AtomicInteger uses = new AtomicInteger();
        private final Map<Class<?>, List<Listener<?>>> listeners = new HashMap<>();
        private final Map<String, Plugin<?>> elected = new HashMap<>();

        <T> void elect(Class<T> type, String name, T service) {
            elect(type, name, "test", service);
        }

        <T> void elect(Class<T> type, String name, String bundle, T service) {
            Plugin<T> now = service == null ? null : plugin(name, bundle, service);
            @SuppressWarnings("unchecked")
            Plugin<T> before = (Plugin<T>) elected.put(type + name, now);
            for (Listener<?> l : listeners.getOrDefault(type, List.of())) {
                @SuppressWarnings("unchecked")
                Listener<T> typed = (Listener<T>) l;
                typed.elected(name, before, now);
            }
        }

        private <T> Plugin<T> plugin(String name, String bundle, T service) {
            return new Plugin<>() {
                @Override
                public T service() {
                    return service;
                }

                @Override
                public String name() {
                    return name;
                }

                @Override
                public Map<String, Object> properties() {
                    return Map.of();
                }

                @Override
                public String bundle() {
                    return bundle + " 1.0.0";
                }

                @Override
                public AutoCloseable use() {
                    uses.incrementAndGet();
                    return uses::decrementAndGet;
                }
            };
        }

        @Override
        public <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
            listeners.computeIfAbsent(type, t -> new ArrayList<>()).add(listener);
            return () -> listeners.get(type).remove(listener);
        }

        @Override
        public List<Info> list() {
            return List.of();
        }

        @Override
        public void elect(String sha256) {
            throw new IllegalArgumentException(sha256);
        }
    }
}

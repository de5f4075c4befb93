package io.sluice.streams.internal;

import io.sluice.api.stream.Denied;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The streams that are not offline, by name, and those whose last segments may still be asked for. From any thread. */
final class Registry {
    private final Core core;
    private final Map<String, LiveStream> running = new ConcurrentHashMap<>();
    private final Map<LiveStream, Long> ended = new ConcurrentHashMap<>();

    Registry(Core core) {
        this.core = core;
    }

    /** Null when it is offline. */
    LiveStream get(String name) {
        return running.get(name);
    }

    /** What has ended not long ago and still has segments of this form: a viewer may read to the end. Null when there is nothing. */
    LiveStream remains(String name, String form) {
        return ended.entrySet().stream().filter(e -> e.getKey().name().equals(name) && e.getKey().media().hasSegments(form))
            .max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse(null);
    }

    Collection<LiveStream> all() {
        return List.copyOf(running.values());
    }

    /** The stream, begun when it is offline. @throws Denied when there are as many streams as allowed */
    LiveStream open(String name, StreamConfig config) {
        LiveStream there = running.get(name);
        if (there != null) {
            return there;
        }
        int limit = core.settings().get().maxStreams();
        if (limit > 0 && running.size() >= limit) {
            throw new Denied(Denied.Reason.LIMIT, limit + " streams are running, more are not allowed (maxStreams in io.sluice.streams)");
        }
        return running.computeIfAbsent(name, n -> new LiveStream(n, config, core, this::over));
    }

    private void over(LiveStream stream) {
        running.remove(stream.name(), stream);
        ended.put(stream, core.clock().nanos());
    }

    void tick() {
        running.values().forEach(s -> s.home().execute(s::tick));
        long linger = core.settings().get().segmentLingerMillis() * 1_000_000;
        ended.forEach((stream, since) -> {
            if (core.clock().nanos() - since > linger && ended.remove(stream) != null) {
                stream.home().execute(stream.media()::clear);
            }
        });
    }

    /** Ends all; nothing is kept. */
    void stop(String reason) {
        running.values().forEach(s -> s.home().execute(() -> {
            s.finish(reason);
            s.media().clear();
            ended.remove(s);
        }));
        ended.keySet().forEach(s -> s.home().execute(s.media()::clear));
        ended.clear();
    }
}

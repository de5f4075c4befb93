package io.sluice.format.push;

import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** What is known of streams, for conditions that look at them. Listens from the first condition to the last. Any thread; who is told must not block. */
public final class StreamBoard implements AutoCloseable {
    private final Streams streams;
    private final Map<String, Set<Place>> single = new ConcurrentHashMap<>();
    private final Set<Place> patterns = ConcurrentHashMap.newKeySet();
    private AutoCloseable listening;
    private int places;

    public StreamBoard(Streams streams) {
        this.streams = streams;
    }

    /** The streams that one condition means, by their names. */
    private final class Place implements AutoCloseable {
        private final StreamNames names;
        private final Consumer<Collection<StreamInfo>> told;
        private final TreeMap<String, StreamInfo> known = new TreeMap<>();
        private boolean closed;

        Place(StreamNames names, Consumer<Collection<StreamInfo>> told) {
            this.names = names;
            this.told = told;
        }

        /** A look is newer than what was told before it. */
        synchronized void begin() {
            List<StreamInfo> found = names.single() ? List.of(streams.info(names.pattern())) : streams.list();
            found.stream().filter(s -> names.covers(s.name())).forEach(s -> known.put(s.name(), s));
            known.values().removeIf(s -> s.state() == StreamInfo.State.OFFLINE);
            told.accept(known.values());
        }

        synchronized void changed(StreamInfo stream) {
            if (closed || !names.covers(stream.name())) {
                return;
            }
            if (stream.state() == StreamInfo.State.OFFLINE) {
                known.remove(stream.name());
            } else {
                known.put(stream.name(), stream);
            }
            told.accept(known.values());
        }

        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            left(this);
        }
    }

    /**
     * Tells of the streams before it returns, and then at each change of one of them.
     *
     * @param told of those that are not offline, in order of their names; valid during the call
     */
    public AutoCloseable watch(StreamNames names, Consumer<Collection<StreamInfo>> told) {
        Place place = new Place(names, told);
        synchronized (this) {
            placesOf(place).add(place);
            if (places++ == 0) {
                listening = streams.listen(this::changed);
            }
        }
        place.begin();
        return place;
    }

    private Set<Place> placesOf(Place place) {
        return place.names.single() ? single.computeIfAbsent(place.names.pattern(), n -> ConcurrentHashMap.newKeySet()) : patterns;
    }

    private void changed(StreamInfo stream) {
        single.getOrDefault(stream.name(), Set.of()).forEach(p -> p.changed(stream));
        patterns.forEach(p -> p.changed(stream));
    }

    private void left(Place place) {
        AutoCloseable over = null;
        synchronized (this) {
            if (placesOf(place).remove(place) && --places == 0) {
                over = listening;
                listening = null;
            }
            single.values().removeIf(Set::isEmpty);
        }
        close(over);
    }

    private static void close(AutoCloseable listening) {
        if (listening != null) {
            try {
                listening.close();
            } catch (Exception e) {
                throw new IllegalStateException("a listener cannot be taken away", e);
            }
        }
    }

    /** Nobody is told any more. */
    @Override
    public void close() {
        List<Place> all = new ArrayList<>(patterns);
        single.values().forEach(all::addAll);
        all.forEach(Place::close);
    }
}

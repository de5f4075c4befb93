package io.sluice.format.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.sluice.api.media.Tracks;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.api.stream.Streams;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class StreamBoardTest {
    private final TreeMap<String, StreamInfo> live = new TreeMap<>();
    private final List<String> told = new ArrayList<>();
    private Consumer<StreamInfo> listener;
    private final StreamBoard board = new StreamBoard((Streams) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Streams.class}, (p, method, arguments) -> switch (method.getName()) {
        case "info" -> live.getOrDefault(arguments[0], stream((String) arguments[0], State.OFFLINE, 0));
        case "list" -> List.copyOf(live.values());
        case "listen" -> listen(arguments[0]);
        default -> throw new UnsupportedOperationException(method.getName());
    }));

    @SuppressWarnings("unchecked")
    private AutoCloseable listen(Object consumer) {
        listener = (Consumer<StreamInfo>) consumer;
        return () -> listener = null;
    }

    private static StreamInfo stream(String name, State state, int viewers) {
        return new StreamInfo(name, state, Tracks.NONE, "", "", viewers, 0, 0, 0, 0, 0, 0, 0, false, "", "");
    }

    private void change(String name, State state, int viewers) {
        live.put(name, stream(name, state, viewers));
        if (listener != null) {
            listener.accept(live.get(name));
        }
    }

    private void note(Collection<StreamInfo> streams) {
        told.add(streams.stream().map(s -> s.name() + " " + s.viewers()).collect(Collectors.joining(", ")));
    }

    @Test
    void oneIsToldOfAtOnceAndAtEachChange() throws Exception {
        change("a", State.LIVE, 1);
        AutoCloseable watch = board.watch(new StreamNames("a"), this::note);
        change("a", State.LIVE, 2);
        change("b", State.LIVE, 7);
        change("a", State.OFFLINE, 0);
        assertEquals(List.of("a 1", "a 2", ""), told);
        watch.close();
        watch.close();
        assertNull(listener);
    }

    @Test
    void aPatternIsToldOfAllThatItMeans() {
        change("a+1", State.LIVE, 1);
        change("a", State.LIVE, 9);
        change("a+0", State.OFFLINE, 0);
        board.watch(new StreamNames("a+"), this::note);
        change("a+2", State.STARTING, 0);
        change("a", State.LIVE, 10);
        change("a+1", State.OFFLINE, 0);
        assertEquals(List.of("a+1 1", "a+1 1, a+2 0", "a+2 0"), told);
    }

    @Test
    void itListensFromTheFirstToTheLast() throws Exception {
        assertNull(listener);
        AutoCloseable one = board.watch(new StreamNames("a"), this::note);
        AutoCloseable other = board.watch(new StreamNames("*"), this::note);
        one.close();
        change("a", State.LIVE, 3);
        assertEquals(List.of("", "", "a 3"), told);
        other.close();
        assertNull(listener);
        board.watch(new StreamNames("a"), this::note);
        assertEquals("a 3", told.get(3));
        board.close();
        assertNull(listener);
    }
}

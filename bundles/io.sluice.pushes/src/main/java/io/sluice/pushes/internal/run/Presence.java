package io.sluice.pushes.internal.run;

import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.api.stream.Streams;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which streams are there. Changed on the engine's thread. */
final class Presence {
    private final Streams streams;
    private final Map<String, State> states = new ConcurrentHashMap<>();

    Presence(Streams streams) {
        this.streams = streams;
    }

    State state(String name) {
        return states.getOrDefault(name, State.OFFLINE);
    }

    /** @return whether that is something else than before */
    boolean now(String name, State state) {
        State before = state == State.OFFLINE ? states.remove(name) : states.put(name, state);
        return state != (before == null ? State.OFFLINE : before);
    }

    /** All that are there. */
    List<String> names() {
        return states.keySet().stream().sorted().toList();
    }

    /** Why nobody could read it now, or "": it is there, or has a source that is started for who reads. */
    String absent(String name) {
        return switch (state(name)) {
            case LIVE, STARTING -> "";
            case GRACE -> "its publisher is gone for the moment";
            case OFFLINE -> offline(streams.info(name));
        };
    }

    private static String offline(StreamInfo info) {
        return info.state() == State.OFFLINE ? info.problem() : "";
    }
}

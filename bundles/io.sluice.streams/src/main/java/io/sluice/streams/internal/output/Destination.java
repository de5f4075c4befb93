package io.sluice.streams.internal.output;

import io.sluice.api.stream.StreamInfo;
import java.util.HashMap;
import java.util.Map;

/**
 * Where a push goes, once that is settled.
 *
 * @param scheme   of the target
 * @param wishes   what its parameters say
 * @param expanded the whole with its variables, for comparison and, without secrets, for people
 * @param builtIn  values of this push's variables
 */
record Destination(String scheme, Wishes wishes, String expanded, Map<String, String> builtIn) {
    /** Built-in values with those of one place, which win. */
    Map<String, String> context(Map<String, String> place) {
        Map<String, String> all = new HashMap<>(builtIn);
        all.putAll(place);
        return all;
    }

    /** @throws IllegalArgumentException where nothing could ever come: its end is past, or it needs more than the buffer holds */
    void check(StreamDoor.Entered stream, long nowMillis) {
        StreamInfo info = stream.info();
        long oldestMillis = nowMillis - (info.lastMillis() - info.firstMillis());
        if (wishes.stopNanos() != End.NEVER && wishes.stopNanos() / 1_000_000 <= info.firstMillis()) {
            throw new IllegalArgumentException("the push ends before it begins: the oldest media of " + info.name() + " is at " + info.firstMillis() + " ms");
        }
        if (wishes.stopMillis(nowMillis) <= oldestMillis) {
            throw new IllegalArgumentException("the push ends before it begins: its end is past, and so is all media of then");
        }
        if (wishes.delayNanos() / 1_000_000 > stream.bufferMillis()) {
            throw new IllegalArgumentException("pushdelay is longer than the buffer of " + info.name() + ", which holds " + stream.bufferMillis() / 1000 + " s");
        }
    }
}

package io.sluice.testkit.push;

import io.sluice.api.push.PushSwitch;
import java.util.ArrayList;
import java.util.List;

/** A switch that remembers. */
public final class SeenSwitch implements PushSwitch {
    private final List<String> turns = new ArrayList<>();
    private String state = "";
    private String why = "";

    @Override
    public void set(boolean on, String reason) {
        turn(on ? "on" : "off", reason);
    }

    @Override
    public void unknown(String reason) {
        turn("unknown", reason);
    }

    private synchronized void turn(String next, String reason) {
        if (!next.equals(state)) {
            turns.add(next);
        }
        state = next;
        why = reason;
    }

    /** "on", "off", "unknown", or "" before the first word. */
    public synchronized String state() {
        return state;
    }

    public synchronized String why() {
        return why;
    }

    /** Each state that it had, in order. */
    public synchronized List<String> turns() {
        return List.copyOf(turns);
    }
}

package io.sluice.push.variable.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.variable.Variables;
import java.util.List;

/** Elects engines of variables as the test says. */
final class Election implements Plugins {
    private Listener<Variables> listener;
    private Plugin<Variables> now;

    void elect(SetVariables next) {
        Plugin<Variables> before = now;
        now = next;
        listener.elected(Variables.NAME, before, next);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> AutoCloseable listen(Class<T> type, Listener<T> told) {
        listener = (Listener<Variables>) told;
        return () -> listener = null;
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

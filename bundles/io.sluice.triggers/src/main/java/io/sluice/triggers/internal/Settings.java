package io.sluice.triggers.internal;

/**
 * @param open     calls of one target at once
 * @param queue    calls that wait for one target at most
 * @param listener events that wait for one listener at most
 */
record Settings(int open, int queue, int listener) {
    static Settings of(TriggersComponent.Config c) {
        return new Settings(Math.max(1, c.callsPerTarget()), Math.max(1, c.waitingPerTarget()), Math.max(1, c.waitingPerListener()));
    }
}

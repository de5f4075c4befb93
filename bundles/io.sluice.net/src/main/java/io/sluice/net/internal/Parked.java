package io.sluice.net.internal;

import io.sluice.api.net.Snapshot;

/**
 * What is left of a version that stopped on a connection.
 *
 * @param bundle symbolic name and version of what stopped
 * @param state  for the version that goes on
 * @param expiry ends the wait
 */
record Parked(String protocol, String bundle, Snapshot state, AutoCloseable expiry) {
    /** For reasons and log lines: "10 s". */
    static String time(long millis) {
        return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
    }
}

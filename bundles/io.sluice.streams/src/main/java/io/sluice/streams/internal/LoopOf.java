package io.sluice.streams.internal;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.internal.ThreadExecutorMap;
import io.sluice.api.net.Connection;
import java.util.concurrent.Executor;

/**
 * The event loop behind a connection. {@link Connection#loop} may be an object of each connection; viewers share one mirror for each loop, so they need to know which
 * connections are on the same one, and a mirror must not hold on to the connection that happened to come first.
 */
final class LoopOf {
    private LoopOf() {
    }

    /** Called on the connection's loop. */
    static Executor here(Connection connection) {
        EventExecutor loop = ThreadExecutorMap.currentExecutor();
        return loop == null ? connection.loop() : loop;
    }
}

package io.sluice.net.internal;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;

/**
 * What one event loop has to flush when it is done with the event it is in: a wake that writes to a thousand connections, several times each,
 * costs one task and one system call for each connection. Used on its loop only.
 */
final class FlushQueue {
    private final EventLoop loop;
    private final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    private boolean scheduled;

    FlushQueue(EventLoop loop) {
        this.loop = loop;
    }

    void add(Runnable flush) {
        waiting.add(flush);
        if (!scheduled) {
            scheduled = true;
            loop.execute(this::run);
        }
    }

    /** Only what waits now: a flush that makes room leads to writes, which belong to the next round. */
    private void run() {
        scheduled = false;
        for (int n = waiting.size(); n > 0; n--) {
            waiting.poll().run();
        }
    }
}

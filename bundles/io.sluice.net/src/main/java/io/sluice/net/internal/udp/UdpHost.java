package io.sluice.net.internal.udp;

import io.netty.channel.EventLoop;
import io.sluice.net.internal.PluginErrors;
import io.sluice.net.internal.Timers;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What associations need of the network as a whole. Any thread. */
public interface UdpHost {
    long nextId();

    /** @return why the newcomer is refused, or null; then {@link #left} is called when it ends */
    String enter(InetAddress peer);

    void left(InetAddress peer);

    PluginErrors errors();

    void complain(Object peer, String fault);

    /** Runs the task when the loop is done with the event it is in; on that loop. */
    void flushLater(EventLoop loop, Runnable task);

    Executor view(EventLoop loop);

    Timers timers(EventLoop loop, Consumer<Runnable> runner);

    long drainMillis();

    long parkMillis();
}

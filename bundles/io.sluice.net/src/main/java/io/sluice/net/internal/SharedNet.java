package io.sluice.net.internal;

import io.netty.channel.EventLoop;
import io.sluice.net.internal.udp.UdpHost;
import java.net.InetAddress;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** What associations share with connections: numbers, limits, loops, the log. */
record SharedNet(Net net) implements UdpHost {
    @Override
    public long nextId() {
        return net.registry().nextId();
    }

    @Override
    public String enter(InetAddress peer) {
        return net.leaving() ? "the server is stopping" : net.registry().enter(peer, net.settings());
    }

    @Override
    public void left(InetAddress peer) {
        net.registry().leave(peer);
    }

    @Override
    public PluginErrors errors() {
        return net.errors();
    }

    @Override
    public void complain(Object peer, String fault) {
        net.complaints().add(peer, fault);
    }

    @Override
    public void flushLater(EventLoop loop, Runnable task) {
        net.loops().flushes(loop).add(task);
    }

    @Override
    public Executor view(EventLoop loop) {
        return net.loops().view(loop);
    }

    @Override
    public Timers timers(EventLoop loop, Consumer<Runnable> runner) {
        return new Timers(loop, runner);
    }

    @Override
    public long drainMillis() {
        return net.settings().drainMillis();
    }

    @Override
    public long parkMillis() {
        return net.settings().parkMillis();
    }
}

package io.sluice.net.internal;

import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslProvider;
import io.sluice.api.net.Connections;
import io.sluice.api.net.Dialer;
import io.sluice.api.plugin.Plugins;
import io.sluice.net.internal.dial.Dialling;
import io.sluice.net.internal.tls.Tls;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The network's own parts, put together as Declarative Services would. */
public final class RealDialer implements AutoCloseable {
    private final EventLoops loops = new EventLoops(Transport.best(), 1, 4);
    private final Net net = new Net(loops, new Nobody(),
        new NetSettings(50, 40, 64 << 10, new WriteBufferWaterMark(32 << 10, 64 << 10), 2000, 1000, 1000, TrustedProxies.NONE, null, null), new Tls(Path.of("target"), loops.workers(), SslProvider.JDK));
    private final BundleDialer dialer;

    public RealDialer() {
        this("");
    }

    /** @param trustFile of a certificate that is believed, or "" */
    public RealDialer(String trustFile) {
        dialer = new BundleDialer(net, new Dialling(loops, new DialerDefaults(trustFile)), "io.sluice.target.rtmp 0");
    }

    public Dialer dialer() {
        return dialer;
    }

    public ScheduledExecutorService loop() {
        return loops.next();
    }

    public List<Connections.Info> connections() {
        return net.list();
    }

    @Override
    public void close() {
        dialer.stop();
        net.stop();
        loops.stop();
    }

    private static final class Nobody implements Plugins {
        @Override
        public <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
            return () -> { };
        }

        @Override
        public List<Info> list() {
            return List.of();
        }

        @Override
        public void elect(String sha256) {
            throw new IllegalArgumentException(sha256);
        }
    }
}

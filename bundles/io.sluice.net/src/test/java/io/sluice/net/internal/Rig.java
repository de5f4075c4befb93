package io.sluice.net.internal;

import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslProvider;
import io.sluice.api.net.HttpRoute;
import io.sluice.api.net.Protocol;
import io.sluice.net.internal.FakePlugins.Version;
import io.sluice.net.internal.tls.Tls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The bundle's parts put together as Declarative Services would, on loopback. */
public final class Rig implements AutoCloseable {
    public final FakePlugins plugins = new FakePlugins();
    public final EventLoops loops;
    public final Net net;
    private final List<ListeningPort> ports = new ArrayList<>();

    public Rig() {
        this(Transport.best(), 64 << 10, 2000, Path.of("target"), SslProvider.JDK);
    }

    /** @param data where certificates are kept */
    public Rig(Path data, SslProvider provider) {
        this(Transport.best(), 64 << 10, 2000, data, provider);
    }

    Rig(Path data, SslProvider provider, TrustedProxies proxies) {
        this(Transport.best(), 64 << 10, 2000, 5000, proxies, data, provider);
    }

    Rig(Transport transport, int undecoded, long drainMillis, Path data, SslProvider provider) {
        this(transport, undecoded, drainMillis, 5000, TrustedProxies.NONE, data, provider);
    }

    /** @param parkMillis how long parked connections wait */
    static Rig parking(long parkMillis, int undecoded) {
        return new Rig(Transport.best(), undecoded, 2000, parkMillis, TrustedProxies.NONE, Path.of("target"), SslProvider.JDK);
    }

    private Rig(Transport transport, int undecoded, long drainMillis, long parkMillis, TrustedProxies proxies, Path data, SslProvider provider) {
        loops = new EventLoops(transport, 2, 4);
        net = new Net(loops, plugins, new NetSettings(50, 40, undecoded, new WriteBufferWaterMark(32 << 10, 64 << 10), drainMillis, 1000, parkMillis, proxies, null, null), new Tls(data, loops.workers(), provider));
    }

    ListeningPort listen(String... protocols) {
        return listen(new Offer("test", false, false, List.of(protocols)), 0);
    }

    ListeningPort listen(Offer offer, int port) {
        ListeningPort listening = new ListeningPort(net, offer, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        ports.add(listening);
        return listening;
    }

    public int port(boolean tls, String... protocols) {
        return listen(new Offer("test", tls, false, List.of(protocols)), 0).port();
    }

    Version<Protocol> elect(Protocol protocol, String name, String bundle) {
        Version<Protocol> version = new Version<>(protocol, name, bundle);
        plugins.elect(Protocol.class, name, version);
        return version;
    }

    /** The bundle of the elected version stops, and there is no other. */
    void stop(String name) {
        plugins.elect(Protocol.class, name, null);
    }

    public Version<HttpRoute> route(String name, HttpRoute route, String... paths) {
        Version<HttpRoute> version = new Version<>(route, name, Map.of(Protocol.NAME, name, HttpRoute.PATHS, paths), "io.sluice.test." + name + " 1.0.0");
        plugins.elect(HttpRoute.class, name, version);
        return version;
    }

    public boolean tlsReady() {
        return net.tls().ready();
    }

    public int runningExchanges() {
        return net.http().running();
    }

    public static Client connect(int port) throws IOException {
        return new Client(port);
    }

    /** Waits for what other threads do. */
    public static void until(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 10 s: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        ports.forEach(ListeningPort::stop);
        net.stop();
        loops.stop();
    }
}

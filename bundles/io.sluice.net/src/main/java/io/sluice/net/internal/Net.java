package io.sluice.net.internal;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Connections;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.HttpRoute;
import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.trigger.Triggers;
import io.sluice.net.internal.http.HttpServer;
import io.sluice.net.internal.tls.Tls;
import io.sluice.net.internal.udp.UdpHost;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all listeners and connections share: limits, elected protocols and routes, the registry, and the hand-overs. Immediate, as a delayed component would go
 * with its last listener, and its connections with it.
 */
@Component(service = {Connections.class, Net.class}, configurationPid = NetConfig.PID, immediate = true)
@Designate(ocd = NetConfig.class)
public final class Net implements Connections {
    /** Connections of another kind, which are the core's own as well. Any thread. */
    public interface Others {
        boolean owns(Connection connection);

        Collection<Info> list();

        List<Listener> listeners();

        boolean close(long id, String reason);

        /** The server stops. */
        void leave(String reason);

        int size();
    }

    private static final Logger LOG = LoggerFactory.getLogger(Net.class);
    /** A loop that is busy for longer is broken; the connections that it opens meanwhile are found by the hand-over all the same. */
    private static final long SETTLE_MILLIS = 2000;
    /** For a refusal or the end of a stream to get through to a peer on a bad line. */
    private static final long LAST_WORDS_MILLIS = 5000;

    private final EventLoops loops;
    private final ConnectionRegistry registry = new ConnectionRegistry();
    private final ProtocolTable protocols = new ProtocolTable();
    private final Complaints complaints = new Complaints(System::nanoTime);
    private final Opening opening = new Opening(protocols);
    private final HttpServer http;
    private final Set<ListeningPort> ports = ConcurrentHashMap.newKeySet();
    private final Set<Others> others = ConcurrentHashMap.newKeySet();
    private final Tls tls;
    private final OutputEvents outputs = new OutputEvents(this::listeners);
    private final AutoCloseable triggerChanges;
    private final AutoCloseable protocolChanges;
    private final AutoCloseable routeChanges;
    private final AtomicBoolean leaving = new AtomicBoolean();
    private volatile NetSettings settings;

    @Activate
    public Net(@Reference EventLoops loops, @Reference Plugins plugins, BundleContext context, NetConfig config) {
        this(loops, plugins, NetSettings.of(config), new Tls(home(context.getProperty("sluice.home")).resolve("data"), loops.workers()));
        context.addBundleListener((SynchronousBundleListener) this::changed);
    }

    /** The framework stops plugins before this bundle: connections are ended while their protocols are still there. The framework waits for it. */
    private void changed(BundleEvent event) {
        if (event.getType() == BundleEvent.STOPPING && event.getBundle().getBundleId() == Constants.SYSTEM_BUNDLE_ID) {
            leave();
        }
    }

    Net(EventLoops loops, Plugins plugins, NetSettings settings, Tls tls) {
        this.loops = loops;
        http = new HttpServer(loops.errors());
        this.settings = settings;
        this.tls = tls;
        tls.configure(settings.certificateFile(), settings.keyFile());
        triggerChanges = plugins.listen(Triggers.class, outputs);
        protocolChanges = plugins.listen(Protocol.class, this::protocolElected);
        routeChanges = plugins.listen(HttpRoute.class, this::routeElected);
    }

    private static Path home(String property) {
        return Path.of(property == null ? "." : property);
    }

    @Modified
    void modified(NetConfig config) {
        settings = NetSettings.of(config);
        tls.configure(settings.certificateFile(), settings.keyFile());
    }

    private void protocolElected(String name, Plugin<Protocol> before, Plugin<Protocol> now) {
        if (name.equals(ProtocolTable.HTTP)) {
            LOG.warn("{} offers a protocol named http, which is the core's own: it is not called", (now == null ? before : now).bundle());
            return;
        }
        protocols.put(name, now);
        if (now != null) {
            settle();
            new Handover(name, now, protocols, waiting(name, now), settings.drainMillis()).start();
        } else if (before != null && !leaving.get()) {
            new Parking(name, before, this).run();
        }
    }

    /** Those who speak it by another version, and those who are parked. */
    private List<NetConnection> waiting(String name, Plugin<Protocol> elected) {
        return registry.all().stream().filter(c -> c.speaks().equals(name) && (c.parked() || c.plugin() != null && c.plugin() != elected)).toList();
    }

    /** Not on a loop, which would wait for itself: there the election counts from the next event on. */
    private void settle() {
        if (!loops.here()) {
            loops.settle(SETTLE_MILLIS);
        }
    }

    private void routeElected(String name, Plugin<HttpRoute> before, Plugin<HttpRoute> now) {
        http.routes().put(name, now);
        opening.routed();
        settle();
    }

    boolean accepts(Offer offer) {
        return opening.accepts(offer);
    }

    /** A newcomer, on its loop: becomes a connection or is closed. */
    void accept(Offer offer, SocketChannel channel) {
        InetSocketAddress peer = channel.remoteAddress();
        if (!offer.proxied()) {
            enter(offer, channel, peer);
        } else if (settings.proxies().has(peer.getAddress())) {
            ProxyHeader.await(this, offer, channel);
        } else {
            errors().refused(peer.getAddress().getHostAddress(), offer.listener() + " is for trusted proxies only (trustedProxies in " + NetConfig.PID + ")");
            channel.close();
        }
    }

    /** @param remote the peer, or whom a trusted proxy speaks for */
    void enter(Offer offer, SocketChannel channel, InetSocketAddress remote) {
        InetAddress peer = remote.getAddress();
        String refusal = offer.tls() && !tls.ready() ? "there is no certificate (yet)" : null;
        if (refusal == null) {
            refusal = registry.enter(peer, settings);
        }
        if (refusal != null) {
            errors().refused(peer.getHostAddress(), refusal);
            channel.close();
            return;
        }
        channel.closeFuture().addListener(f -> registry.leave(peer));
        channel.config().setWriteBufferWaterMark(settings.waterMark());
        if (offer.tls()) {
            channel.pipeline().addLast(tls.handler(channel.alloc(), offer.protocols().contains(ProtocolTable.HTTP)));
        }
        channel.pipeline().addLast(new Wire(this, offer, remote));
    }

    @Deactivate
    void stop() {
        leave();
        tls.close();
    }

    /** Takes nobody in any more, lets everybody have what is on its way to him, and returns when all have left or the stop time is over. */
    private void leave() {
        if (!leaving.compareAndSet(false, true)) {
            return;
        }
        ports.forEach(ListeningPort::stop);
        close(protocolChanges);
        close(routeChanges);
        close(triggerChanges);
        int begun = registry.all().size();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(settings.stopMillis());
        await(() -> {
            registry.all().forEach(c -> c.leave("the server is stopping"));
            others.forEach(o -> o.leave("the server is stopping"));
            return registry.all().isEmpty() && others.stream().allMatch(o -> o.size() == 0);
        }, deadline);
        int left = registry.all().size();
        registry.all().stream().map(NetConnection::channel).forEach(Channel::close);
        if (begun > 0) {
            LOG.info("{} connections ended{}", begun, left == 0 ? "" : ", " + left + " of them cut after " + settings.stopMillis() / 1000 + " s (stopSeconds)");
        }
    }

    /** How long a connection that is closed may still send what was written before. */
    long lastWordsMillis() {
        return leaving.get() ? settings.stopMillis() : LAST_WORDS_MILLIS;
    }

    /** Polls, since a stop happens once and waits for many. */
    private static void await(BooleanSupplier done, long deadline) {
        while (!done.getAsBoolean() && System.nanoTime() - deadline < 0) {
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
        }
    }

    private static void close(AutoCloseable listening) {
        try {
            listening.close();
        } catch (Exception e) {
            LOG.warn("listening for elections did not end: {}", e.toString());
        }
    }

    boolean leaving() {
        return leaving.get();
    }

    /** A connection to this address would come out at one of our own listeners. Asks the kernel for its addresses. */
    boolean listens(InetSocketAddress address) {
        return ports.stream().anyMatch(p -> p.serves(address.getAddress(), address.getPort()));
    }

    NetSettings settings() {
        return settings;
    }

    ConnectionRegistry registry() {
        return registry;
    }

    ProtocolTable protocols() {
        return protocols;
    }

    EventLoops loops() {
        return loops;
    }

    PluginErrors errors() {
        return loops.errors();
    }

    Complaints complaints() {
        return complaints;
    }

    HttpServer http() {
        return http;
    }

    Tls tls() {
        return tls;
    }

    OutputEvents outputs() {
        return outputs;
    }

    Set<ListeningPort> ports() {
        return ports;
    }

    public void add(Others kind) {
        others.add(kind);
    }

    public void remove(Others kind) {
        others.remove(kind);
    }

    /** What connections of another kind share with ours. */
    public UdpHost udpHost() {
        return new SharedNet(this);
    }

    @Override
    public List<Info> list() {
        return Stream.concat(registry.all().stream().map(NetConnection::info), others.stream().flatMap(o -> o.list().stream())).sorted(Comparator.comparingLong(Info::id)).toList();
    }

    @Override
    public List<Listener> listeners() {
        return Stream.concat(ports.stream().map(ListeningPort::info), others.stream().flatMap(o -> o.listeners().stream())).sorted(Comparator.comparing(Listener::name)).toList();
    }

    @Override
    public boolean owns(Connection connection) {
        return connection instanceof NetConnection ours ? registry.get(ours.id()) == ours : others.stream().anyMatch(o -> o.owns(connection));
    }

    @Override
    public boolean owns(HttpExchange exchange) {
        return HttpServer.made(exchange);
    }

    @Override
    public boolean close(long id, String reason) {
        NetConnection connection = registry.get(id);
        if (connection != null) {
            connection.close(reason);
        }
        return connection != null || others.stream().anyMatch(o -> o.close(id, reason));
    }
}

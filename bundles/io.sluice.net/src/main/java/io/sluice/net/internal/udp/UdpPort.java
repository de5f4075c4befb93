package io.sluice.net.internal.udp;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens on one UDP port for as long as its configuration exists; a port that cannot be had is tried again. */
@Component(service = UdpPort.class, configurationPid = DatagramConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
@Designate(ocd = DatagramConfig.class, factory = true)
public final class UdpPort {
    private static final Logger LOG = LoggerFactory.getLogger(UdpPort.class);
    private static final long AGAIN_SECONDS = 2;
    /** A second of a thousand viewers of 2 Mbit/s each waits for the kernel before writers are told to stop. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(4 << 20, 8 << 20);

    private final Associations associations;
    private final DatagramConfig config;
    private final InetSocketAddress address;
    private final UdpTransport transport;
    /** Not changed once it is set. */
    private volatile Map<EventLoop, UdpSocket> sockets = Map.of();
    private volatile InetSocketAddress bound;
    private volatile String problem = "not yet listening";
    private ScheduledFuture<?> again;
    private boolean stopped;

    @Activate
    public UdpPort(@Reference Associations associations, DatagramConfig config) {
        this.associations = associations;
        this.config = config;
        address = config.address().isBlank() ? new InetSocketAddress(config.port()) : new InetSocketAddress(config.address().trim(), config.port());
        transport = UdpTransport.of(associations.transport());
        bind();
        associations.add(this);
    }

    private synchronized void bind() {
        if (stopped) {
            return;
        }
        Map<EventLoop, UdpSocket> opened = new IdentityHashMap<>();
        try {
            List<EventLoop> loops = associations.loops();
            boolean shared = transport.everyLoop() && loops.size() > 1;
            InetSocketAddress at = shared ? free(loops.get(0)) : address;
            for (EventLoop loop : shared ? loops : loops.subList(0, 1)) {
                opened.put(loop, open(loop, at, shared));
            }
            sockets = opened;
            bound = (InetSocketAddress) opened.values().iterator().next().channel().localAddress();
            problem = "";
            LOG.info("{} listens on {} (UDP, {} sockets) for {}", name(), where(), sockets.size(), String.join(", ", config.protocols()));
        } catch (BindException e) {
            close(opened);
            failedToBind(e);
        }
    }

    /** Sockets that share a port would share it with another process of ours too: so one that shares nothing is tried first. */
    private InetSocketAddress free(EventLoop loop) throws BindException {
        Channel first = open(loop, address, false).channel();
        InetSocketAddress at = (InetSocketAddress) first.localAddress();
        first.close().awaitUninterruptibly(AGAIN_SECONDS, TimeUnit.SECONDS);
        return new InetSocketAddress(address.getAddress(), at.getPort());
    }

    private UdpSocket open(EventLoop loop, InetSocketAddress at, boolean shared) throws BindException {
        UdpSocket socket = new UdpSocket(this, transport.segmentation());
        Bootstrap bootstrap = new Bootstrap().group(loop).handler(socket).option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
            .option(ChannelOption.SO_RCVBUF, config.socketBufferBytes()).option(ChannelOption.SO_SNDBUF, config.socketBufferBytes())
            .option(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK);
        transport.prepare(bootstrap, shared);
        ChannelFuture done = bootstrap.bind(at);
        if (!done.awaitUninterruptibly(AGAIN_SECONDS, TimeUnit.SECONDS) || !done.isSuccess()) {
            done.channel().close();
            throw (BindException) new BindException("cannot listen on UDP port " + at.getPort() + (done.cause() == null ? ": no answer" : ": it is taken, or the address is not ours"))
                .initCause(done.cause());
        }
        return socket;
    }

    private void failedToBind(BindException e) {
        if (!e.getMessage().equals(problem)) {
            LOG.error("{} {}; free the port or configure another one ({}), it is tried again every {} s", name(), e.getMessage(), DatagramConfig.PID, AGAIN_SECONDS);
        }
        problem = e.getMessage();
        again = associations.later(this::bind, AGAIN_SECONDS);
    }

    void failed(Throwable e) {
        LOG.debug("{}: {}", name(), e.toString());
    }

    Associations associations() {
        return associations;
    }

    UdpHost host() {
        return associations.host();
    }

    DatagramConfig config() {
        return config;
    }

    boolean offers(String protocol) {
        return List.of(config.protocols()).contains(protocol);
    }

    /** Of an association on that loop. Null while the port is not open. */
    UdpSocket socket(EventLoop loop) {
        Map<EventLoop, UdpSocket> all = sockets;
        UdpSocket own = all.get(loop);
        return own != null || all.isEmpty() ? own : all.values().iterator().next();
    }

    /** Null while it does not listen. */
    InetSocketAddress bound() {
        return bound;
    }

    String name() {
        return config.name().isBlank() ? "UDP port " + config.port() : config.name();
    }

    String where() {
        InetSocketAddress b = bound;
        return b == null ? ":" + address.getPort() : (b.getAddress().isAnyLocalAddress() ? "*" : b.getAddress().getHostAddress()) + ":" + b.getPort();
    }

    String problem() {
        return problem;
    }

    /** The sockets are closed when this returns. */
    @Deactivate
    void stop() {
        synchronized (this) {
            stopped = true;
            if (again != null) {
                again.cancel(false);
            }
        }
        associations.remove(this);
        bound = null;
        close(sockets);
    }

    private static void close(Map<EventLoop, UdpSocket> open) {
        open.values().forEach(s -> s.channel().close().awaitUninterruptibly(AGAIN_SECONDS, TimeUnit.SECONDS));
    }
}

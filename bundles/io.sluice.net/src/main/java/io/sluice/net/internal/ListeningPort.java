package io.sluice.net.internal;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.sluice.api.net.Connections;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One listening socket. When its configuration changes or goes, only this socket closes: the connections that it accepted live on. */
@Component(service = {}, configurationPid = ListenerConfig.PID, configurationPolicy = ConfigurationPolicy.REQUIRE, immediate = true)
@Designate(ocd = ListenerConfig.class, factory = true)
public final class ListeningPort {
    private static final Logger LOG = LoggerFactory.getLogger(ListeningPort.class);
    private static final long AGAIN_SECONDS = 2;
    private static final long LOOK_MILLIS = 20;
    /** A burst of newcomers while the loop is busy for a few milliseconds; the kernel caps it by net.core.somaxconn. */
    private static final int BACKLOG = 4096;

    private final Net net;
    private final Offer offer;
    private final InetSocketAddress address;
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile Channel channel;
    private volatile String problem = "not yet listening";
    private volatile boolean stopped;

    @Activate
    public ListeningPort(@Reference Net net, ListenerConfig config) {
        this(net, new Offer(config.name().isBlank() ? "port " + config.port() : config.name(), config.tls(), config.proxyProtocol(), List.of(config.protocols())),
            config.address().isBlank() ? new InetSocketAddress(config.port()) : new InetSocketAddress(config.address().trim(), config.port()));
    }

    ListeningPort(Net net, Offer offer, InetSocketAddress address) {
        this.net = net;
        this.offer = offer;
        this.address = address;
        net.ports().add(this);
        if (offer.tls()) {
            net.tls().prepare();
        }
        bind();
        awaitFirstTry();
    }

    private void awaitFirstTry() {
        try {
            tried.await(AGAIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bind() {
        new ServerBootstrap().group(net.loops().acceptor(), net.loops().group()).channel(net.loops().transport().serverChannel())
            .option(ChannelOption.SO_BACKLOG, BACKLOG).option(ChannelOption.SO_REUSEADDR, true).option(ChannelOption.AUTO_READ, false)
            // the adaptive allocator makes and clears a new block for most reads of a publisher's
            .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT).childOption(ChannelOption.TCP_NODELAY, true).childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new ChannelInitializer<SocketChannel>() {
                @Override
                protected void initChannel(SocketChannel newcomer) {
                    net.accept(offer, newcomer);
                }
            })
            .bind(address).addListener((ChannelFuture f) -> bound(f));
    }

    private synchronized void bound(ChannelFuture done) {
        if (done.isSuccess()) {
            channel = done.channel();
            problem = "";
            LOG.info("{} listens on {} for {}{}", offer.listener(), where(), String.join(", ", offer.protocols()), offer.tls() ? " over TLS" : "");
            if (stopped) {
                channel.close();
            }
            accept(channel);
            net.outputs().started(info());
        } else {
            failed(done.cause());
        }
        tried.countDown();
    }

    /** Newcomers wait in the kernel's queue until those are there who speak with them. */
    private void accept(Channel listening) {
        if (net.accepts(offer)) {
            listening.config().setAutoRead(true);
        } else if (listening.isOpen()) {
            listening.eventLoop().schedule(() -> accept(listening), LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void failed(Throwable cause) {
        String now = "cannot listen on " + where() + ": " + reason(cause) + "; free the port or configure another one (" + ListenerConfig.PID
            + "), it is tried again every " + AGAIN_SECONDS + " s";
        if (!now.equals(problem)) {
            LOG.error("{} {}", offer.listener(), now);
        }
        problem = now;
        if (!stopped) {
            net.loops().acceptor().schedule(this::again, AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Netty wraps the kernel's words twice: "bind(..) failed with error(-98): Address already in use". */
    private static String reason(Throwable cause) {
        String text = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        return text.contains("Address already in use") ? "the port is taken" : text.replaceFirst("^.*failed with error\\(-?\\d+\\): ", "");
    }

    private void again() {
        if (!stopped) {
            bind();
        }
    }

    private String where() {
        Channel c = channel;
        if (c != null && c.localAddress() instanceof InetSocketAddress bound) {
            return text(bound);
        }
        return text(address);
    }

    /** All addresses of the machine are "*", whatever the kernel calls them. */
    private static String text(InetSocketAddress socket) {
        if (socket.isUnresolved()) {
            return socket.getHostString() + ":" + socket.getPort();
        }
        String host = socket.getAddress().isAnyLocalAddress() ? "*" : socket.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + socket.getPort();
    }

    /** Where it listens; the port of 0 has become a real one. */
    int port() {
        return ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /**
     * Whether a connection to this address and port comes out here: an address of ours that the socket listens on. Blocks shortly.
     *
     * @param address none that was translated on the way here is recognized
     */
    boolean serves(InetAddress address, int port) {
        Channel c = channel;
        if (c == null || !(c.localAddress() instanceof InetSocketAddress bound) || bound.getPort() != port) {
            return false;
        }
        return bound.getAddress().isAnyLocalAddress() ? OwnAddresses.has(address) : address.isAnyLocalAddress() || bound.getAddress().equals(address);
    }

    Connections.Listener info() {
        return new Connections.Listener(offer.listener(), where(), offer.tls(), offer.protocols(), problem);
    }

    /** The socket is closed when this returns, so that a changed configuration can listen on the same port. */
    @Deactivate
    void stop() {
        net.ports().remove(this);
        Channel c;
        synchronized (this) {
            stopped = true;
            c = channel;
        }
        if (c != null) {
            net.outputs().stopped(info());
            c.close().awaitUninterruptibly(AGAIN_SECONDS, TimeUnit.SECONDS);
        }
    }
}

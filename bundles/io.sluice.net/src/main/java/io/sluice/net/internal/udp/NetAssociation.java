package io.sluice.net.internal.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sluice.api.net.Account;
import io.sluice.api.net.Association;
import io.sluice.api.net.AssociationHandler;
import io.sluice.api.net.Connections;
import io.sluice.api.net.DatagramProtocol;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.plugin.Plugin;
import io.sluice.net.internal.Timers;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer's association: carries datagrams between the port's sockets and whatever version of its protocol speaks. Lives on one loop; its datagrams may come by another's socket. */
final class NetAssociation implements Association {
    private static final Logger LOG = LoggerFactory.getLogger(NetAssociation.class);
    /** On their way from another loop: a key frame of a fast publisher, several times over; what is more is lost, as on a network. */
    private static final int MAX_UNDERWAY = 2048;

    private final UdpHost host;
    private final AssociationTable table;
    private final EventLoop loop;
    private final long id;
    private final String key;
    private final String protocol;
    private final InetSocketAddress introduced;
    private final long sinceMillis = System.currentTimeMillis();
    private final DatagramSuccession succession;
    private final AtomicInteger underway = new AtomicInteger();
    private final List<Runnable> endTasks = new ArrayList<>(2);
    private final List<Runnable> closedTasks = new ArrayList<>(1);
    private volatile UdpPort port;
    private volatile InetSocketAddress remote;
    private volatile boolean closing;
    private volatile boolean blocked;
    private volatile String role = "";
    private volatile String stream = "";
    private volatile long bytesIn;
    private volatile long bytesOut;
    private InetSocketAddress handling;
    private UdpPort handlingPort;
    private boolean arrived;
    private boolean closed;
    private Account account;

    NetAssociation(UdpHost host, AssociationTable table, UdpPort port, EventLoop loop, InetSocketAddress remote, String key, String protocol) {
        this.host = host;
        this.table = table;
        this.port = port;
        this.loop = loop;
        this.remote = remote;
        this.key = key;
        this.protocol = protocol;
        introduced = remote;
        id = host.nextId();
        succession = new DatagramSuccession(this, host);
    }

    void speak(Plugin<DatagramProtocol> plugin, Function<Association, AssociationHandler> handler) {
        try {
            succession.open(plugin, handler);
        } catch (RuntimeException | Error e) {
            close("its handler failed to open");
            throw e;
        }
    }

    void awaitArrival(long nanos) {
        host.timers(loop, this::guard).schedule(nanos, () -> {
            if (!arrived && !closing) {
                close("nobody came within " + TimeUnit.NANOSECONDS.toSeconds(nanos) + " s: UDP does not get through, or the peer changed its mind");
            }
        });
    }

    // --- from the sockets ---

    /** Takes over the reference. Any loop. */
    void arrived(ByteBuf datagram, InetSocketAddress from, UdpPort by) {
        if (loop.inEventLoop()) {
            deliver(datagram, from, by);
        } else if (underway.incrementAndGet() > MAX_UNDERWAY || closing) {
            underway.decrementAndGet();
            datagram.release();
        } else {
            loop.execute(() -> {
                underway.decrementAndGet();
                deliver(datagram, from, by);
            });
        }
    }

    private void deliver(ByteBuf datagram, InetSocketAddress from, UdpPort by) {
        int bytes = datagram.readableBytes();
        handling = from;
        handlingPort = by;
        try {
            if (!closing) {
                AssociationHandler handler = succession.handler();
                if (handler != null) {
                    counted(bytes);
                    guard(() -> handler.received(datagram, from));
                }
            }
        } finally {
            handling = null;
            datagram.release();
        }
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written on the loop only
    private void counted(int bytes) {
        bytesIn += bytes;
        if (account != null) {
            account.in(bytes);
        }
    }

    void socketWritable(Channel channel) {
        if (blocked && (channel.eventLoop() == loop || socket() != null && socket().channel() == channel)) {
            loop.execute(() -> {
                blocked = false;
                AssociationHandler handler = succession.handler();
                if (handler != null && !closing) {
                    guard(handler::writable);
                }
            });
        }
    }

    // --- versions ---

    /** Any thread. */
    void moveTo(Supplier<Plugin<DatagramProtocol>> elected, long drainMillis) {
        loop.execute(() -> succession.moveTo(elected, System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(drainMillis)));
    }

    /** Any thread. */
    void park(long millis, Runnable done) {
        loop.execute(() -> {
            try {
                succession.park(millis);
            } finally {
                done.run();
            }
        });
    }

    /** The server stops. Any thread. */
    void leave(String reason) {
        loop.execute(() -> {
            AssociationHandler handler = succession.handler();
            if (handler != null && !closing) {
                guard(() -> handler.stopping(reason));
            }
            close(reason);
        });
    }

    void guard(Runnable call) {
        try {
            call.run();
        } catch (ProtocolException e) {
            complain(e.getMessage());
            close(e.getMessage());
        } catch (Throwable e) {
            host.errors().report(succession.bundle(), toString(), e);
            close("internal error in " + succession.bundle());
        }
    }

    EventLoop eventLoop() {
        return loop;
    }

    UdpPort port() {
        return port;
    }

    String protocol() {
        return protocol;
    }

    boolean closing() {
        return closing;
    }

    // --- Association ---

    @Override
    public String key() {
        return key;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public InetSocketAddress remote() {
        return remote;
    }

    @Override
    public InetSocketAddress local() {
        return port.bound();
    }

    /** What protects it is the protocol's. */
    @Override
    public boolean secure() {
        return false;
    }

    @Override
    public Executor loop() {
        return host.view(loop);
    }

    @Override
    public void write(ByteBuf bytes) {
        send(bytes, Math.max(1, bytes.readableBytes()));
    }

    @Override
    public void send(ByteBuf datagrams, int segmentBytes) {
        UdpSocket socket = socket();
        if (closed || remote.getPort() == 0 || socket == null || !datagrams.isReadable() || succession.parked()) {
            datagrams.release();
            return;
        }
        sent(datagrams.readableBytes());
        socket.write(datagrams, segmentBytes, remote);
    }

    @Override
    public void answer(ByteBuf datagram) {
        UdpSocket socket = handling == null ? null : handlingPort.socket(loop);
        if (closed || socket == null) {
            datagram.release();
            return;
        }
        sent(datagram.readableBytes());
        socket.write(datagram, handling);
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") // written on the loop only
    private void sent(int bytes) {
        bytesOut += bytes;
        if (account != null) {
            account.out(bytes);
        }
    }

    private UdpSocket socket() {
        return port.socket(loop);
    }

    @Override
    public void move() {
        if (handling == null) {
            throw new IllegalStateException("only the sender of the datagram that is being handled becomes the peer");
        }
        arrived = true;
        if (closing || handling.equals(remote)) {
            return;
        }
        InetSocketAddress before = remote;
        port = handlingPort;
        remote = handling;
        table.moved(this, before, remote);
        LOG.debug("{} has moved here from {}", this, before);
    }

    @Override
    public boolean writable() {
        UdpSocket socket = socket();
        if (closing || socket == null || succession.parked()) {
            return false;
        }
        if (!socket.channel().isWritable()) {
            blocked = true;
            return socket.channel().isWritable();
        }
        return true;
    }

    /** Datagrams that nobody reads are lost anyway. */
    @Override
    public void reading(boolean on) {
        // see Association
    }

    @Override
    public AutoCloseable schedule(long delayNanos, Runnable task) {
        return succession.timers().schedule(delayNanos, task);
    }

    @Override
    public void describe(String newRole, String newStream) {
        role = newRole;
        stream = newStream;
    }

    @Override
    public void onEnd(Runnable task) {
        if (closed) {
            loop.execute(() -> guard(task));
        } else {
            endTasks.add(task);
        }
    }

    @Override
    public void onClosed(Runnable task) {
        if (closed) {
            loop.execute(() -> guard(task));
        } else {
            closedTasks.add(task);
        }
    }

    /** What belonged to nobody so far, and what came before another, is this one's: a datagram is gone once it is written. */
    @Override
    public void account(Account next) {
        if (account == null) {
            next.in(bytesIn);
            next.out(bytesOut);
        }
        account = next;
    }

    @Override
    public void complain(String fault) {
        host.complain(this, fault);
    }

    @Override
    public void close(String reason) {
        if (!closing) {
            closing = true;
            loop.execute(() -> end(reason));
        }
    }

    private void end(String reason) {
        succession.end();
        table.remove(this);
        closed = true;
        host.left(introduced.getAddress());
        endTasks.forEach(this::guard);
        succession.release();
        closedTasks.forEach(this::guard);
        if (role.isEmpty()) {
            LOG.debug("{} closed: {}", this, reason);
        } else {
            LOG.info("{} closed ({} {}): {}; {} bytes in, {} out", this, role, stream, reason, bytesIn, bytesOut);
        }
    }

    Connections.Info info() {
        return new Connections.Info(id, address(), port.name(), protocol, succession.bundle(), role, stream, sinceMillis, bytesIn, bytesOut, succession.handovers());
    }

    private String address() {
        InetSocketAddress r = remote;
        return r.getAddress().getHostAddress() + ":" + r.getPort();
    }

    @Override
    public String toString() {
        return "association " + id + " with " + address() + " (" + protocol + ")";
    }
}

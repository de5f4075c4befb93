package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sluice.api.net.Account;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Connections;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.plugin.Plugin;
import io.sluice.net.internal.http.HttpHost;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer's connection: carries bytes between its {@link Wire} and whatever speaks here, one version of a protocol after another ({@link Succession}) or HTTP's
 * codecs. What comes in goes by {@link Inbound}. Lives on the channel's loop.
 */
final class NetConnection implements Connection, HttpHost {
    private static final Logger LOG = LoggerFactory.getLogger(NetConnection.class);

    private final Net net;
    private final Offer offer;
    private final Channel channel;
    private final EventLoop loop;
    private final long id;
    private final long sinceMillis = System.currentTimeMillis();
    private final List<Runnable> endTasks = new ArrayList<>(2);
    private final List<Runnable> closedTasks = new ArrayList<>(1);
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final Wire wire;
    private final Outbox outbox;
    private final Attribution attribution;
    private final Inbound inbound;
    private final Succession succession;
    private boolean inRead;
    private boolean flushQueued;
    private int exchanges;
    private boolean ended;
    private boolean closed;
    /** Its end is nobody's fault, or was complained about already. */
    private boolean quiet = true;
    private boolean complained;
    private String endReason = "the peer left";
    private volatile boolean closing;
    private volatile String role = "";
    private volatile String stream = "";

    NetConnection(Net net, Offer offer, Channel channel, InetSocketAddress remote, Wire wire) {
        this.net = net;
        this.offer = offer;
        this.channel = channel;
        this.wire = wire;
        this.remote = remote;
        outbox = wire.outbox();
        attribution = wire.attribution();
        local = (InetSocketAddress) channel.localAddress();
        loop = channel.eventLoop();
        id = net.registry().nextId();
        inbound = new Inbound(this, net, offer, channel, wire);
        succession = new Succession(this, outbox);
    }

    // --- from the channel ---

    void opened() {
        net.registry().add(this);
        LOG.debug("{} opened on {}", this, offer.listener());
        if (!offer.tls() && !offer.dialled()) {
            inbound.begin(null);
        }
    }

    /**
     * We opened it: a bundle speaks from the first byte on.
     *
     * @return false when its code failed, and the connection ends
     */
    boolean speak(String protocol, String bundle, Function<Connection, ConnectionHandler> handler) {
        inbound.speak(protocol);
        try {
            succession.open(protocol, bundle, handler);
        } catch (Throwable e) {
            net.errors().report(bundle, toString(), e);
            over("internal error in " + bundle);
        }
        return !closing;
    }

    /** @param alpn what was agreed on, or null */
    void secured(String alpn) {
        inbound.begin(alpn);
    }

    /** Takes over the reference. */
    void received(ByteBuf in) {
        inRead |= !inbound.http();
        inbound.received(in);
    }

    void readComplete() {
        inRead = false;
        flush();
    }

    void writabilityChanged() {
        outbox.writable();
        recovered();
    }

    /** HTTP's codec closes by itself: HTTP/2's does when the peer breaks a rule or a limit. */
    void closedByCodec() {
        if (!closing) {
            closing = true;
            quiet = complained;
            endReason = "it broke a rule or a limit of " + speaks();
        }
    }

    void lost() {
        closing = true;
        end();
        outbox.dropFrom(0);
        net.registry().remove(this);
        closed = true;
        closedTasks.forEach(this::guard);
        closedTasks.clear();
    }

    /** A fault of our own: logged once a second for each kind. */
    void failed(Throwable e) {
        net.errors().report("io.sluice.net", toString(), e);
        over("internal error");
    }

    // --- who speaks ---

    Succession succession() {
        return succession;
    }

    /** The protocol's name, or "". Any thread. */
    String speaks() {
        return inbound.protocol();
    }

    Speech speech() {
        return succession.speech();
    }

    /** Null while no protocol's plugin speaks here. Any thread. */
    Plugin<Protocol> plugin() {
        Speech s = succession.speech();
        return s == null ? null : s.plugin();
    }

    /** Any thread. */
    boolean parked() {
        return succession.parked();
    }

    /** Another version speaks from here on: what the peer sent goes to it, and it may write. */
    void handedOver() {
        inbound.deliver();
        if (!closing && outbox.writable()) {
            guard(speech().handler()::writable);
        }
    }

    /** Calls a plugin's code; what it throws ends the connection. */
    void guard(Runnable call) {
        try {
            call.run();
        } catch (ProtocolException e) {
            complain(e.getMessage());
            over(e.getMessage());
        } catch (Throwable e) {
            String who = speech() == null ? "io.sluice.net" : speech().bundle();
            net.errors().report(who, toString(), e);
            over("internal error in " + who);
        }
    }

    Timers newTimers() {
        return new Timers(loop, this::guard);
    }

    // --- Connection ---

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
        return local;
    }

    @Override
    public boolean secure() {
        return offer.tls();
    }

    /** The same object for all connections of the loop; it knows none of them. */
    @Override
    public Executor loop() {
        return net.loops().view(loop);
    }

    @Override
    public void write(ByteBuf bytes) {
        if (closing || inbound.http() || parked()) {
            bytes.release();
            return;
        }
        outbox.add(bytes);
        if (!inRead && !flushQueued) {
            flushQueued = true;
            flushLater(this::flush);
        }
    }

    private void flush() {
        flushQueued = false;
        outbox.flush();
        recovered();
    }

    private void recovered() {
        Speech speech = speech();
        if (speech != null && !closing && outbox.recovered()) {
            guard(speech.handler()::writable);
        }
    }

    @Override
    public boolean writable() {
        return !closing && !parked() && outbox.writable();
    }

    @Override
    public void reading(boolean on) {
        if (!closing && !parked()) {
            inbound.reading(on);
        }
    }

    boolean reading() {
        return inbound.reading();
    }

    @Override
    public AutoCloseable schedule(long delayNanos, Runnable task) {
        return succession.timers().schedule(delayNanos, task);
    }

    @Override
    public void describe(String newRole, String newStream) {
        if (!parked()) {
            role = newRole;
            stream = newStream;
        }
    }

    // --- the end ---

    @Override
    public void onEnd(Runnable task) {
        if (ended) {
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

    @Override
    public void account(Account account) {
        attribution.to(account, outbox.handed());
    }

    @Override
    public void close(String reason) {
        if (!loop.inEventLoop()) {
            loop.execute(() -> close(reason));
        } else if (!closing) {
            quiet = false;
            over(reason);
        }
    }

    @Override
    public void over(String reason) {
        if (!closing) {
            closing = true;
            endReason = reason;
            loop.execute(this::end);
            wire.farewell(speaks().equals("h2"));
        }
    }

    @Override
    public void complain(String fault) {
        complained = true;
        net.complaints().add(this, fault);
    }

    /** Any byte came. */
    boolean heard() {
        return inbound.bytes() > 0;
    }

    boolean closing() {
        return closing;
    }

    boolean ended() {
        return ended;
    }

    /** The server stops: a protocol says its end, an HTTP connection goes once no exchange runs on it. From any thread, as often as it likes. */
    void leave(String reason) {
        if (closing) {
            return;
        }
        loop.execute(() -> {
            Speech speech = speech();
            if (!closing && speech != null) {
                guard(() -> speech.handler().stopping(reason));
            }
            if (!closing && !(inbound.http() && exchanges > 0)) {
                over(reason);
            }
        });
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        inbound.end();
        succession.end();
        attribution.end();
        endTasks.forEach(this::guard);
        endTasks.clear();
        succession.release();
        if (!role.isEmpty()) {
            LOG.info("{} closed ({} {}): {}; {} bytes in, {} out", this, role, stream, endReason, inbound.bytes(), outbox.accepted());
        } else if (quiet) {
            LOG.debug("{} closed: {}", this, endReason);
        } else {
            complain("closed after " + inbound.bytes() + " bytes: " + endReason);
        }
    }

    // --- HttpHost ---

    @Override
    public Connection connection() {
        return this;
    }

    @Override
    public void exchanges(int running) {
        exchanges = running;
        if (running == 0) {
            attribution.toNobody(outbox.handed());
        }
    }

    @Override
    public void flushLater(Runnable task) {
        net.loops().flushes(loop).add(task);
    }

    @Override
    public TrustedProxies proxies() {
        return net.settings().proxies();
    }

    @Override
    public long sendProgress() {
        return outbox.progress();
    }

    // --- for those who look after it ---

    Connections.Info info() {
        Speech speech = speech();
        String by = parked() ? "parked" : speech == null ? "" : speech.bundle();
        return new Connections.Info(id, address(remote), offer.listener(), speaks(), by, role, stream, sinceMillis, inbound.bytes(), outbox.accepted(),
            succession.handovers());
    }

    Channel channel() {
        return channel;
    }

    private static String address(InetSocketAddress a) {
        return a.getAddress().getHostAddress() + ":" + a.getPort();
    }

    @Override
    public String toString() {
        return "connection " + id + (offer.dialled() ? " to " : " from ") + address(remote) + (speaks().isEmpty() ? "" : " (" + speaks() + ")");
    }
}

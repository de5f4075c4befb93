package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Connections;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Protocol.Match;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.plugin.Plugin;
import io.sluice.net.internal.http.HttpFirstBytes;
import io.sluice.net.internal.http.HttpHost;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer's connection: carries bytes between its {@link Wire} and whatever speaks here, first the sniffer, then one version of a protocol after another, or
 * HTTP's codecs. Lives on the channel's loop.
 */
final class NetConnection implements Connection, HttpHost {
    private static final Logger LOG = LoggerFactory.getLogger(NetConnection.class);
    private static final long SNIFF_SECONDS = 10;

    private final Net net;
    private final Offer offer;
    private final Channel channel;
    private final EventLoop loop;
    private final long id;
    private final long sinceMillis = System.currentTimeMillis();
    private final Intake intake = new Intake();
    private final List<Runnable> endTasks = new ArrayList<>(2);
    private final Executor guardedLoop;
    private final InetSocketAddress remote;
    private final InetSocketAddress local;
    private final Wire wire;
    private final Outbox outbox;
    private Timers timers;
    private AutoCloseable sniffTimeout = () -> { };
    private boolean reading = true;
    private boolean inRead;
    private boolean flushQueued;
    private volatile boolean closing;
    private int exchanges;
    private boolean ended;
    /** Its end is nobody's fault, or was complained about already. */
    private boolean quiet = true;
    private boolean complained;
    private String endReason = "the peer left";
    private volatile Speech speech;
    private volatile String protocol = "";
    private volatile String role = "";
    private volatile String stream = "";
    private volatile long bytesIn;
    private volatile int handovers;

    NetConnection(Net net, Offer offer, Channel channel, Wire wire) {
        this.net = net;
        this.offer = offer;
        this.channel = channel;
        this.wire = wire;
        outbox = wire.outbox();
        remote = (InetSocketAddress) channel.remoteAddress();
        local = (InetSocketAddress) channel.localAddress();
        loop = channel.eventLoop();
        id = net.registry().nextId();
        timers = new Timers(loop, this::guard);
        guardedLoop = task -> loop.execute(() -> guard(task));
    }

    // --- from the channel ---

    void opened() {
        net.registry().add(this);
        LOG.debug("{} opened on {}", this, offer.listener());
        if (!offer.tls()) {
            armSniffer();
        }
    }

    /** @param alpn what was agreed on, or null */
    void secured(String alpn) {
        if ("h2".equals(alpn)) {
            speakHttp(true);
        } else {
            armSniffer();
        }
    }

    private void armSniffer() {
        sniffTimeout = timers.schedule(TimeUnit.SECONDS.toNanos(SNIFF_SECONDS), () -> {
            String reason = "sent too little to tell its protocol within " + SNIFF_SECONDS + " s";
            if (bytesIn == 0) {
                over(reason); // browsers open connections in advance
            } else {
                close(reason);
            }
        });
    }

    /** Takes over the reference. */
    void received(ByteBuf in) {
        bytesIn += in.readableBytes();
        if (closing) {
            in.release();
        } else if (http()) {
            wire.toHttp(in);
        } else {
            inRead = true;
            intake.add(channel.alloc(), in);
            deliver();
        }
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
            endReason = "it broke a rule or a limit of " + protocol;
        }
    }

    void lost() {
        closing = true;
        end();
        outbox.dropFrom(0);
        net.registry().remove(this);
    }

    /** A fault of our own: logged once a second for each kind. */
    void failed(Throwable e) {
        net.errors().report("io.sluice.net", toString(), e);
        over("internal error");
    }

    // --- the bytes' way ---

    private void deliver() {
        if (speech == null && !http() && intake.size() > 0) {
            guard(this::sniff);
        }
        if (speech != null && reading && !closing && intake.size() > 0) {
            guard(() -> speech.handler().received(intake.lend()));
        }
        if (ended) {
            intake.release();
            return;
        }
        intake.trim();
        if (speech != null && reading && intake.size() > net.settings().maxUndecodedBytes()) {
            close(speech.protocol() + " left " + intake.size() + " bytes undecoded, at most " + net.settings().maxUndecodedBytes() + " are kept (maxUndecodedBytes)");
        }
    }

    private void sniff() {
        Sniffer.Verdict verdict = Sniffer.look(offer.protocols(), net.protocols(), intake.lend());
        if (verdict.match() == Match.YES) {
            Speech.release(sniffTimeout);
            if (verdict.plugin() == null) {
                speakHttp(HttpFirstBytes.isHttp2(intake.lend()));
            } else {
                open(verdict.protocol(), verdict.plugin());
            }
        } else if (verdict.match() == Match.NO || intake.size() >= Sniffer.MOST_BYTES) {
            close("spoke none of: " + String.join(", ", offer.protocols()));
        }
    }

    private void open(String name, Plugin<Protocol> plugin) {
        AutoCloseable use = plugin.use();
        protocol = name;
        try {
            speech = new Speech(name, plugin, use, plugin.service().open(this));
        } finally {
            if (speech == null) {
                Speech.release(use);
            }
        }
    }

    private void speakHttp(boolean http2) {
        Speech.release(sniffTimeout);
        protocol = http2 ? "h2" : "http/1.1";
        net.http().speak(channel.pipeline(), this, http2, offer.tls());
        ByteBuf first = intake.take();
        if (first != null) {
            wire.toHttp(first);
        }
    }

    private boolean http() {
        return speech == null && !protocol.isEmpty();
    }

    // --- hand-over ---

    enum Move { MOVED, LATER, REFUSED, GONE }

    String speaks() {
        return protocol;
    }

    /** Null while no protocol's plugin speaks here. Any thread. */
    Plugin<Protocol> plugin() {
        Speech s = speech;
        return s == null ? null : s.plugin();
    }

    /** Goes on with another version, or changes nothing; called between two events on the loop. */
    Move moveTo(Plugin<Protocol> target) {
        if (closing || speech == null) {
            return Move.GONE;
        }
        if (speech.plugin() == target) {
            return Move.MOVED;
        }
        Takeover takeover = new Takeover(this, speech, target);
        Move result = takeover.attempt(outbox, timers, fresh -> timers = fresh, reading);
        if (result == Move.MOVED) {
            Speech old = speech;
            speech = takeover.taken();
            handovers++;
            old.release();
            goOn();
        }
        return result;
    }

    private void goOn() {
        deliver();
        if (!closing && outbox.writable()) {
            guard(speech.handler()::writable);
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

    @Override
    public Executor loop() {
        return guardedLoop;
    }

    @Override
    public void write(ByteBuf bytes) {
        if (closing || http()) {
            bytes.release();
            return;
        }
        outbox.add(bytes);
        if (!inRead && !flushQueued) {
            flushQueued = true;
            net.loops().flushes(loop).add(this::flush);
        }
    }

    private void flush() {
        flushQueued = false;
        outbox.flush();
        recovered();
    }

    private void recovered() {
        if (speech != null && !closing && outbox.recovered()) {
            guard(speech.handler()::writable);
        }
    }

    @Override
    public boolean writable() {
        return !closing && outbox.writable();
    }

    @Override
    public void reading(boolean on) {
        if (reading != on && !closing) {
            reading = on;
            channel.config().setAutoRead(on);
            if (on) {
                loop.execute(this::deliver);
            }
        }
    }

    @Override
    public AutoCloseable schedule(long delayNanos, Runnable task) {
        return timers.schedule(delayNanos, task);
    }

    @Override
    public void describe(String newRole, String newStream) {
        role = newRole;
        stream = newStream;
    }

    @Override
    public void onEnd(Runnable task) {
        if (ended) {
            loop.execute(() -> guard(task));
        } else {
            endTasks.add(task);
        }
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
            wire.farewell(protocol.equals("h2"));
        }
    }

    @Override
    public void complain(String fault) {
        complained = true;
        net.complaints().add(this, fault);
    }

    /** The server stops: a protocol says its end, an HTTP connection goes once no exchange runs on it. From any thread, as often as it likes. */
    void leave(String reason) {
        if (closing) {
            return;
        }
        loop.execute(() -> {
            if (!closing && speech != null) {
                guard(() -> speech.handler().stopping(reason));
            }
            if (!closing && !(http() && exchanges > 0)) {
                over(reason);
            }
        });
    }

    private void end() {
        if (ended) {
            return;
        }
        ended = true;
        timers.cancel();
        intake.release();
        Speech last = speech;
        if (last != null) {
            guard(last.handler()::closed);
        }
        endTasks.forEach(this::guard);
        endTasks.clear();
        if (last != null) {
            last.release();
        }
        if (!role.isEmpty()) {
            LOG.info("{} closed ({} {}): {}; {} bytes in, {} out", this, role, stream, endReason, bytesIn, outbox.accepted());
        } else if (quiet) {
            LOG.debug("{} closed: {}", this, endReason);
        } else {
            complain("closed after " + bytesIn + " bytes: " + endReason);
        }
    }

    /** Calls a plugin's code; what it throws ends the connection. */
    private void guard(Runnable call) {
        try {
            call.run();
        } catch (ProtocolException e) {
            complain(e.getMessage());
            over(e.getMessage());
        } catch (Throwable e) {
            String who = speech == null ? "io.sluice.net" : speech.plugin().bundle();
            net.errors().report(who, toString(), e);
            over("internal error in " + who);
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
    }

    @Override
    public void flushLater(Runnable task) {
        net.loops().flushes(loop).add(task);
    }

    @Override
    public long sendProgress() {
        return outbox.progress();
    }

    Connections.Info info() {
        Plugin<Protocol> plugin = plugin();
        return new Connections.Info(id, address(remote), offer.listener(), protocol, plugin == null ? "" : plugin.bundle(), role, stream, sinceMillis,
            bytesIn, outbox.accepted(), handovers);
    }

    Channel channel() {
        return channel;
    }

    void run(Runnable task, long delayMillis) {
        loop.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
    }

    private static String address(InetSocketAddress a) {
        return a.getAddress().getHostAddress() + ":" + a.getPort();
    }

    @Override
    public String toString() {
        return "connection " + id + " from " + address(remote) + (protocol.isEmpty() ? "" : " (" + protocol + ")");
    }
}

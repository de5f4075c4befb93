package io.sluice.net.internal.udp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.sluice.api.net.Association;
import io.sluice.api.net.AssociationHandler;
import io.sluice.api.net.Connection;
import io.sluice.api.net.Connections;
import io.sluice.api.net.DatagramProtocol;
import io.sluice.api.net.Datagrams;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.net.internal.EventLoops;
import io.sluice.net.internal.Net;
import java.net.InetSocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** All datagram ports, who speaks there, and all associations: a datagram goes to whom its sender's address belongs to, else to whom its protocol says. Any thread. */
@Component(service = {Datagrams.class, Associations.class}, immediate = true)
public final class Associations implements Datagrams, Net.Others {
    private final Net net;
    private final EventLoops loops;
    private final UdpHost host;
    private final List<UdpPort> ports = new CopyOnWriteArrayList<>();
    private final AssociationTable table = new AssociationTable();
    private final DatagramVersions versions;
    private final AutoCloseable changes;

    @Activate
    public Associations(@Reference Net net, @Reference EventLoops loops, @Reference Plugins plugins) {
        this.net = net;
        this.loops = loops;
        host = net.udpHost();
        versions = new DatagramVersions(host, table);
        changes = plugins.listen(DatagramProtocol.class, versions);
        net.add(this);
    }

    @Deactivate
    void stop() throws Exception {
        changes.close();
        net.remove(this);
    }

    // --- ports ---

    String transport() {
        return loops.transportName();
    }

    List<EventLoop> loops() {
        return List.copyOf(loops.everyLoop());
    }

    /** Later, on a thread that may block. */
    ScheduledFuture<?> later(Runnable task, long seconds) {
        return loops.next().schedule(() -> loops.workers().execute(task), seconds, TimeUnit.SECONDS);
    }

    UdpHost host() {
        return host;
    }

    void add(UdpPort port) {
        ports.add(port);
    }

    void remove(UdpPort port) {
        ports.remove(port);
        table.all().stream().filter(a -> a.port() == port).forEach(a -> a.close("its port " + port.name() + " is closed"));
    }

    /** The socket takes bytes again: those who wait for it go on. On its loop. */
    void writable(Channel channel) {
        table.all().forEach(a -> a.socketWritable(channel));
    }

    // --- datagrams ---

    /** Takes over the reference. On the loop of the socket that it came by. */
    void arrived(ByteBuf datagram, InetSocketAddress from, UdpPort port, EventLoop loop) {
        NetAssociation known = table.of(from);
        if (known == null) {
            known = claimed(datagram, from, port, loop);
        }
        if (known == null) {
            datagram.release();
        } else {
            known.arrived(datagram, from, port);
        }
    }

    private NetAssociation claimed(ByteBuf datagram, InetSocketAddress from, UdpPort port, EventLoop loop) {
        for (String name : port.config().protocols()) {
            Plugin<DatagramProtocol> plugin = versions.elected(name);
            String key = plugin == null ? null : key(plugin, datagram);
            if (key != null) {
                return key.isEmpty() ? newcomer(name, plugin, from, port, loop) : table.of(name, key);
            }
        }
        return null;
    }

    private String key(Plugin<DatagramProtocol> plugin, ByteBuf datagram) {
        try {
            return plugin.service().key(datagram);
        } catch (Throwable e) {
            host.errors().report(plugin.bundle(), "a datagram", e);
            return null;
        }
    }

    private NetAssociation newcomer(String name, Plugin<DatagramProtocol> plugin, InetSocketAddress from, UdpPort port, EventLoop loop) {
        try {
            NetAssociation association = new NetAssociation(host, table, port, loop, from, "", name);
            enter(association, port);
            table.moved(association, null, from);
            association.speak(plugin, plugin.service()::open);
            return association;
        } catch (IllegalStateException full) {
            host.complain(from.getAddress().getHostAddress(), full.getMessage());
            return null;
        }
    }

    // --- Datagrams ---

    @Override
    public List<InetSocketAddress> addresses(String protocol, HttpExchange exchange) {
        return ports.stream().filter(p -> p.bound() != null && p.offers(protocol)).flatMap(p -> PublicAddresses.of(p, exchange.connection().local()).stream()).distinct().toList();
    }

    @Override
    public Association introduce(DatagramProtocol by, HttpExchange exchange, String key, Function<Association, AssociationHandler> handler) {
        if (!net.owns(exchange)) {
            throw new IllegalArgumentException("only exchanges of the core's own introduce a peer");
        }
        Plugin<DatagramProtocol> plugin = versions.offering(by);
        UdpPort port = ports.stream().filter(p -> p.bound() != null && p.offers(plugin.name())).findFirst()
            .orElseThrow(() -> new IllegalStateException("no datagram listener offers " + plugin.name()));
        NetAssociation association = new NetAssociation(host, table, port, loops.current(), new InetSocketAddress(exchange.remote(), 0), key, plugin.name());
        enter(association, port);
        association.speak(plugin, handler);
        association.awaitArrival(TimeUnit.SECONDS.toNanos(Math.max(1, port.config().arrivalSeconds())));
        return association;
    }

    private void enter(NetAssociation association, UdpPort port) {
        String refusal = table.size() >= port.config().maxAssociations() ? "there are " + table.size() + " associations, the most that maxAssociations allows"
            : host.enter(association.remote().getAddress());
        if (refusal != null) {
            throw new IllegalStateException(refusal);
        }
        if (!table.add(association)) {
            host.left(association.remote().getAddress());
            throw new IllegalStateException("the key is taken");
        }
    }

    // --- for the network as a whole ---

    @Override
    public boolean owns(Connection connection) {
        return connection instanceof NetAssociation ours && table.get(ours.id()) == ours;
    }

    @Override
    public Collection<Connections.Info> list() {
        return table.all().stream().map(NetAssociation::info).toList();
    }

    @Override
    public List<Connections.Listener> listeners() {
        return ports.stream().map(p -> new Connections.Listener(p.name(), p.where() + "/udp", false, List.of(p.config().protocols()), p.problem())).toList();
    }

    @Override
    public boolean close(long id, String reason) {
        NetAssociation association = table.get(id);
        if (association != null) {
            association.close(reason);
        }
        return association != null;
    }

    @Override
    public void leave(String reason) {
        table.all().forEach(a -> a.leave(reason));
    }

    @Override
    public int size() {
        return table.size();
    }
}

package io.sluice.admin.shell.internal;

import io.sluice.api.net.Connections;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** sluice:connections, listeners, close. Gogo finds the methods by name. */
@Component(service = ConnectionCommands.class, property = {"osgi.command.scope=sluice", "osgi.command.function=connections", "osgi.command.function=listeners",
    "osgi.command.function=close"})
public final class ConnectionCommands {
    private final Connections connections;

    @Activate
    public ConnectionCommands(@Reference Connections connections) {
        this.connections = connections;
    }

    public String connections() {
        Table t = new Table("ID", "PEER", "LISTENER", "PROTOCOL", "DOES", "STREAM", "FOR", "IN", "OUT", "HANDLED BY", "HANDOVERS");
        long now = System.currentTimeMillis();
        connections.list().forEach(c -> t.row(c.id(), c.remote(), c.listener(), c.protocol(), c.role(), c.stream(), Quantity.duration(now - c.sinceMillis()),
            Quantity.bytes(c.bytesIn()), Quantity.bytes(c.bytesOut()), c.plugin(), c.handovers()));
        return t.or("nobody is connected");
    }

    public String listeners() {
        Table t = new Table("LISTENER", "ADDRESS", "TLS", "PROTOCOLS", "PROBLEM");
        connections.listeners().forEach(l -> t.row(l.name(), l.local(), l.tls() ? "yes" : "no", String.join(", ", l.protocols()), l.problem()));
        return t.or("no listener is configured");
    }

    public String close(long id) {
        if (!connections.close(id, "closed by the operator")) {
            throw new IllegalArgumentException("there is no connection " + id + "; sluice:connections lists them");
        }
        return "connection " + id + " is closed";
    }
}

package io.sluice.admin.console.internal;

import io.sluice.api.net.Connections;
import io.sluice.api.stream.Streams;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Who is connected, and where the server listens. */
@Component(service = Servlet.class, property = {ServletConstants.PLUGIN_LABEL + "=sluice-connections", ServletConstants.PLUGIN_TITLE + "=Connections",
    ServletConstants.PLUGIN_CATEGORY + "=Sluice", ServletConstants.PLUGIN_CSS_REFERENCES + "=/sluice-connections/res/live.css"})
public final class ConnectionsPage extends LivePage {
    private static final long serialVersionUID = 1L;

    private final transient Connections connections;

    @Activate
    public ConnectionsPage(@Reference Connections connections,
        @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY) Streams streams) {
        super(() -> streams);
        this.connections = connections;
    }

    @Override
    String fixed(HttpServletRequest request) {
        return "";
    }

    @Override
    String live(HttpServletRequest request) {
        Html html = new Html();
        List<Connections.Listener> listeners = connections.listeners();
        html.table("Listener", "Address", "TLS", "Protocols", "Problem");
        listeners.forEach(l -> html.row().cell(l.name()).cell(l.local()).cell(l.tls() ? "yes" : "no").cell(String.join(", ", l.protocols())).cell(l.problem()).endRow());
        html.endTable(listeners, "No listener is configured (io.sluice.net.listener).").heading("Connections");
        return ConnectionTable.rows(html, connections.list(), "Nobody is connected.").toString();
    }
}

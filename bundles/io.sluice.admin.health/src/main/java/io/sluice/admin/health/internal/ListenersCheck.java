package io.sluice.admin.health.internal;

import io.sluice.api.net.Connections;
import io.sluice.api.net.Connections.Listener;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** CRITICAL when a configured listener does not listen: nobody gets in there. */
@Component(property = {HealthCheck.NAME + "=Listeners", HealthCheck.TAGS + "=sluice", HealthCheck.TAGS + "=listeners"})
public final class ListenersCheck implements HealthCheck {
    private final Connections connections;

    @Activate
    public ListenersCheck(@Reference Connections connections) {
        this.connections = connections;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<Listener> listeners = connections.listeners();
        if (listeners.isEmpty()) {
            log.warn("no listener is configured: add a configuration io.sluice.net.listener~NAME");
        }
        for (Listener l : listeners) {
            if (l.problem().isEmpty()) {
                log.info("{} listens on {}", l.name(), l.local());
            } else {
                log.critical("listener {} ({}): {}", l.name(), l.local(), l.problem());
            }
        }
        return new Result(log);
    }
}

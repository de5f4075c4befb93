package io.sluice.net.internal;

import io.sluice.api.net.Connections;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.Triggers;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the elected engine of triggers which listeners begin and end: OUTPUT_START and OUTPUT_STOP. An engine that comes later is told of those that are there. Any thread. */
final class OutputEvents implements Plugins.Listener<Triggers> {
    private static final Logger LOG = LoggerFactory.getLogger(OutputEvents.class);

    private final Supplier<Collection<Connections.Listener>> listeners;
    private volatile Plugin<Triggers> engine;

    /** @param listeners that there are now */
    OutputEvents(Supplier<Collection<Connections.Listener>> listeners) {
        this.listeners = listeners;
    }

    @Override
    public void elected(String name, Plugin<Triggers> before, Plugin<Triggers> now) {
        if (!name.equals(Triggers.NAME)) {
            return;
        }
        engine = now;
        if (before == null) {
            listeners.get().stream().filter(l -> l.problem().isEmpty()).forEach(this::started);
        }
    }

    void started(Connections.Listener listener) {
        tell("OUTPUT_START", listener);
    }

    void stopped(Connections.Listener listener) {
        tell("OUTPUT_STOP", listener);
    }

    private void tell(String type, Connections.Listener l) {
        Plugin<Triggers> now = engine;
        if (now == null) {
            return;
        }
        try (AutoCloseable use = now.use()) {
            Triggers there = here(now);
            if (there == null) {
                return;
            }
            there.tell(TriggerEvent.of(type, "", "config", "{\"name\":" + quoted(l.name()) + ",\"local\":" + quoted(l.local()) + ",\"tls\":" + l.tls() + ",\"protocols\":["
                + l.protocols().stream().map(OutputEvents::quoted).collect(Collectors.joining(",")) + "]}"));
        } catch (Exception e) {
            LOG.warn("the engine of triggers failed at {}: nobody was told", type, e);
        }
    }

    /** Null when its bundle has stopped since: at the server's end it goes before the listeners do. */
    private static Triggers here(Plugin<Triggers> engine) {
        try {
            return engine.service();
        } catch (IllegalStateException gone) {
            LOG.debug("nobody is told: {}", gone.getMessage());
            return null;
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ") + '"';
    }
}

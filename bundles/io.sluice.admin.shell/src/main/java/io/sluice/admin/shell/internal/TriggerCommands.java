package io.sluice.admin.shell.internal;

import io.sluice.api.plugin.Plugins;
import io.sluice.api.trigger.TriggerCounts;
import io.sluice.api.trigger.TriggerReports;
import java.util.Locale;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** sluice:triggers. Gogo finds the methods by name. */
@Component(service = TriggerCommands.class, property = {"osgi.command.scope=sluice", "osgi.command.function=triggers"})
public final class TriggerCommands {
    private final AutoCloseable listening;
    private volatile TriggerReports reports;

    @Activate
    public TriggerCommands(@Reference Plugins plugins) {
        listening = plugins.listen(TriggerReports.class, (name, before, now) -> reports = now == null ? null : now.service());
    }

    @Deactivate
    void close() throws Exception {
        listening.close();
    }

    public String triggers() {
        TriggerReports now = reports;
        if (now == null) {
            return "the engine of triggers is not there: nobody is asked";
        }
        Table t = new Table("TRIGGER", "TYPE", "HANDLER", "TARGET", "STREAMS", "ASKED", "TOLD", "YES", "NO", "FAILED", "LATE", "REFUSED", "LONGEST", "NOW", "PROBLEM");
        now.list().forEach(r -> {
            TriggerCounts c = r.counts();
            t.row(r.id().substring(r.id().indexOf('~') + 1), r.type() + (r.blocking() ? "" : " (told)"), r.handler(), r.target(), r.streams().isEmpty() ? "all" : String.join(",", r.streams()),
                c.asked(), c.told(), c.yes(), c.no(), c.failed(), c.timedOut(), c.refused(), String.format(Locale.ROOT, "%.1f ms", c.longestNanos() / 1e6), r.open() + "+" + r.waiting(),
                r.problem().isEmpty() ? r.lastError() : r.problem());
        });
        return t.or("no trigger is configured");
    }
}

package io.sluice.admin.health.internal;

import io.sluice.api.plugin.Plugins;
import java.util.List;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** WARN when a jar or a version was refused, or an elected one serves less than it offers. */
@Component(property = {HealthCheck.NAME + "=Plugins", HealthCheck.TAGS + "=sluice", HealthCheck.TAGS + "=plugins"})
public final class PluginsCheck implements HealthCheck {
    private final Plugins plugins;

    @Activate
    public PluginsCheck(@Reference Plugins plugins) {
        this.plugins = plugins;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        List<Plugins.Info> all = plugins.list();
        if (all.stream().noneMatch(i -> i.state() == Plugins.State.ELECTED)) {
            log.warn("no plugin is elected: the server speaks no protocol");
        }
        for (Plugins.Info i : all) {
            String who = (i.bundle() + " " + i.version()).strip() + " (" + i.origin() + ")";
            if (i.state() == Plugins.State.REJECTED) {
                log.warn("{} is refused: {}", who.strip(), i.reason());
            } else if (i.state() == Plugins.State.ELECTED && !i.reason().isEmpty()) {
                log.warn("{} is elected, but: {}", who, i.reason());
            } else {
                log.info("{} is {}, {} uses{}", who, i.state(), i.uses(), i.reason().isEmpty() ? "" : ": " + i.reason());
            }
        }
        return new Result(log);
    }
}

package io.sluice.target.exec.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushTarget;
import io.sluice.format.container.ContainerFormat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Offers a target for each format, and one for each scheme of a writer. Their names come and go with configurations, so they are registered by hand. */
@Component(configurationPid = ExecTargets.PID, service = {}, immediate = true)
@Designate(ocd = ExecConfig.class)
public final class ExecTargets {
    static final String PID = "io.sluice.target.exec";

    private final List<ServiceRegistration<PushTarget>> services = new ArrayList<>();
    private final Commands commands;
    private final Writers writers;

    @Activate
    public ExecTargets(BundleContext context, ExecConfig config) {
        String home = context.getProperty("sluice.home");
        commands = new Commands(Path.of(home == null ? "." : home).toAbsolutePath());
        modified(config);
        for (ContainerFormat format : ContainerFormat.all()) {
            CommandTarget target = new CommandTarget(format, commands);
            services.add(context.registerService(PushTarget.class, target, FrameworkUtil.asDictionary(Map.of(Protocol.NAME, target.scheme()))));
        }
        writers = new Writers(context, commands);
        writers.open();
    }

    /** What runs goes on. */
    @Modified
    void modified(ExecConfig config) {
        commands.allow(config.enabled(), Math.max(1, config.processes()));
    }

    /** Pushes end in order while their services go; what is left after that is killed. */
    @Deactivate
    void stop() {
        writers.close();
        services.forEach(ServiceRegistration::unregister);
        commands.close();
    }
}

package io.sluice.pushes.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushEngine;
import io.sluice.api.stream.Streams;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The plugin in OSGi. It does nothing until the core begins with it. */
@Component(service = PushEngine.class, property = Protocol.NAME + "=" + PushEngine.NAME, configurationPid = "io.sluice.pushes")
@Designate(ocd = PushesComponent.Config.class)
public final class PushesComponent implements PushEngine {
    @ObjectClassDefinition(name = "Sluice: pushes", description = "What holds for all pushes that are configured.")
    @interface Config {
        @AttributeDefinition(name = "Wait", description = "From the end of a push to its next start, in seconds, fractions allowed; twice as long each time that it fails, up to a minute. "
            + "0: it is not started again until its rule turns on the next time.")
        double waitSeconds() default 3;

        @AttributeDefinition(name = "Starts a second", description = "New pushes of all entries together, at most; 0 for any number.")
        int maxspeed() default 0;
    }

    private final Working.House house;
    private volatile Settings settings;
    private volatile Working working;

    @Activate
    public PushesComponent(Config config, BundleContext context, ComponentContext component, @Reference Plugins plugins, @Reference Streams streams,
        @Reference ConfigurationAdmin admin) {
        house = new Working.House(context, plugins, streams, new Store(admin, component.getServiceReference()));
        settings = settings(config);
    }

    private static Settings settings(Config config) {
        return Settings.of(config.waitSeconds(), config.maxspeed());
    }

    @Modified
    synchronized void modified(Config config) {
        settings = settings(config);
        if (working != null) {
            working.settings(settings);
        }
    }

    @Override
    public synchronized AutoCloseable begin(Outputs outputs) {
        Working begun = new Working(house, outputs, settings);
        working = begun;
        begun.start();
        return () -> end(begun);
    }

    private synchronized void end(Working ended) {
        working = working == ended ? null : working;
        ended.close();
    }
}

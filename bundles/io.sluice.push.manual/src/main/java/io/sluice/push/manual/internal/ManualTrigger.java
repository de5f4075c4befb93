package io.sluice.push.manual.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** On while a switch is on that people turn; README.md lists the parameters. The switches are configurations, so all who edit these turn them. */
@Component(service = {PushTrigger.class, ConfigurationListener.class}, property = Protocol.NAME + "=manual")
public final class ManualTrigger implements PushTrigger, ConfigurationListener {
    private final Supplier<Switches> reading;
    private final Set<Lever> levers = ConcurrentHashMap.newKeySet();
    private Switches switches;

    @Activate
    public ManualTrigger(ComponentContext context, @Reference ConfigurationAdmin admin) {
        ServiceReference<?> self = context.getServiceReference();
        reading = () -> Switches.read(admin, self);
    }

    ManualTrigger(Supplier<Switches> reading) {
        this.reading = reading;
    }

    /** Configuration Admin has them in memory: asking it takes no time. */
    @Override
    public synchronized AutoCloseable watch(PushCondition condition, PushSwitch state) {
        Lever lever = new Lever(condition, state);
        if (switches == null) {
            switches = reading.get();
        }
        levers.add(lever);
        lever.follow(switches);
        return () -> levers.remove(lever);
    }

    @Override
    public synchronized void configurationEvent(ConfigurationEvent event) {
        if (SwitchConfig.PID.equals(event.getFactoryPid())) {
            switches = levers.isEmpty() ? null : reading.get();
            levers.forEach(lever -> lever.follow(switches));
        }
    }

    @Override
    public String problem(PushCondition condition) {
        try {
            Lever.name(condition);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}

package io.sluice.variables.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variable;
import io.sluice.api.variable.VariableChange;
import io.sluice.api.variable.Variables;
import io.sluice.variables.internal.keep.StateFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.ComponentContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service in OSGi. Activated it knows the last values and does nothing else; elected it works; replaced it writes down what it knows. */
@Component(service = Variables.class, property = Protocol.NAME + "=" + Variables.NAME, configurationPid = "io.sluice.variables")
@Designate(ocd = VariablesComponent.Config.class)
public final class VariablesComponent implements Variables {
    private static final Logger LOG = LoggerFactory.getLogger(VariablesComponent.class);

    @ObjectClassDefinition(name = "Sluice: variables", description = "What holds for all variables.")
    @interface Config {
        @AttributeDefinition(name = "Time zone", description = "Of $year, $day, $hour and the like, such as Europe/Amsterdam; empty for the system's.")
        String zone() default "";

        @AttributeDefinition(name = "History", description = "Changes that are kept of each variable, at most. All histories together share 64 MiB.")
        int historyEntries() default 1000;

        @AttributeDefinition(name = "History time", description = "Changes older than this are forgotten when a new one comes, in hours.")
        int historyHours() default 24;
    }

    private final BundleContext context;
    private final Plugins plugins;
    private final ConfigurationAdmin admin;
    private final ServiceReference<?> self;
    private final Path state;
    private final Changes changes = new Changes();
    private final AutoCloseable elections;
    private volatile Settings settings;
    private volatile Work work;
    private boolean working;
    private boolean over;

    @Activate
    public VariablesComponent(BundleContext context, ComponentContext component, Config config, @Reference Plugins plugins, @Reference ConfigurationAdmin admin) {
        this.context = context;
        this.plugins = plugins;
        this.admin = admin;
        this.self = component.getServiceReference();
        this.settings = Settings.of(config);
        String home = context.getProperty("sluice.home");
        this.state = Path.of(home == null ? "." : home).toAbsolutePath().resolve("data/variables/values.jsonl");
        this.work = prepared();
        this.elections = plugins.listen(Variables.class, this::elected);
    }

    private Work prepared() {
        Work prepared = new Work(Clock.SYSTEM, Workers.threads(), () -> settings, new StateFile(state), changes);
        prepared.prepare(Configurations.all(admin, self));
        return prepared;
    }

    @Modified
    void modified(Config config) {
        settings = Settings.of(config);
    }

    @Deactivate
    void stop() {
        Watch.quietly(elections, "the listener to elections");
        leave();
    }

    private void elected(String name, Plugin<Variables> before, Plugin<Variables> now) {
        if (now != null && now.service() == this) {
            if (before != null) {
                before.service().leave();
            }
            begin(before != null);
        } else {
            leave();
        }
    }

    /** @param again whether values have changed since this version was activated */
    private synchronized void begin(boolean again) {
        if (working) {
            return;
        }
        if (again || over) {
            work.close();
            work = prepared();
        }
        working = true;
        work.start(plugins, w -> new Configurations(admin, context, self, w.workers().keeping(), w::configured));
        LOG.info("{} variables", work.list().size());
    }

    @Override
    public synchronized void leave() {
        if (working) {
            working = false;
            over = true;
            work.close();
        }
    }

    @Override
    public Expansion expand(String template, Map<String, String> builtIns) {
        return work.expand(template, builtIns);
    }

    @Override
    public List<Variable> list() {
        return work.list();
    }

    @Override
    public Variable get(String name) {
        return work.get(name);
    }

    @Override
    public List<VariableChange> history(String name, long fromMillis, long toMillis) {
        Slot slot = work.slot(name);
        return slot == null ? List.of() : slot.history.between(fromMillis, toMillis);
    }

    @Override
    public AutoCloseable listen(String name, Consumer<VariableChange> listener) {
        return changes.listen(name, listener);
    }

    @Override
    public void refresh(String name) {
        Work now = work;
        Slot slot = now.slot(name);
        if (slot == null) {
            throw new IllegalArgumentException("there is no variable '" + Names.shown(name) + "'");
        }
        now.refresh(slot);
    }

    @Override
    public Punctuality punctuality() {
        return work.delays().last();
    }
}

package io.sluice.triggers.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerCounts;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerHandler;
import io.sluice.api.trigger.TriggerListener;
import io.sluice.api.trigger.TriggerReply;
import io.sluice.api.trigger.TriggerReport;
import io.sluice.api.trigger.TriggerReports;
import io.sluice.api.trigger.TriggerType;
import io.sluice.api.trigger.Triggers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.framework.ServiceReference;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The engine in OSGi: its configuration, the configured triggers, the elected handlers and the listeners of the white board. */
@Component(service = {Triggers.class, TriggerReports.class}, configurationPid = "io.sluice.triggers", property = "sluice.name=" + Triggers.NAME)
@Designate(ocd = TriggersComponent.Config.class)
public final class TriggersComponent implements Triggers, TriggerReports {
    @ObjectClassDefinition(name = "Sluice: triggers", description = "What holds for all triggers. One target never waits for another.")
    @interface Config {
        @AttributeDefinition(name = "Calls for each target", description = "That are open at once; more wait in line.")
        int callsPerTarget() default 256;

        @AttributeDefinition(name = "Waiting for each target", description = "Calls in line at most; what comes then gets the default answer at once.")
        int waitingPerTarget() default 10000;

        @AttributeDefinition(name = "Waiting for each listener", description = "Events in line at most for a bundle that listens; it misses what comes then.")
        int waitingPerListener() default 1000;
    }

    private final TriggerEngine engine;
    private final Audience audience;
    private final AutoCloseable listening;
    private final Set<TriggerConfiguration> configurations = ConcurrentHashMap.newKeySet();

    @Activate
    public TriggersComponent(Config config, @Reference Plugins plugins, @Reference Loops loops) {
        Settings settings = Settings.of(config);
        Handlers handlers = new Handlers();
        audience = new Audience(loops.workers(), settings.listener());
        engine = new TriggerEngine(loops, handlers, audience, settings);
        listening = plugins.listen(TriggerHandler.class, handlers);
    }

    @Modified
    void modified(Config config) {
        Settings settings = Settings.of(config);
        audience.limit(settings.listener());
        engine.configured(settings);
    }

    @Deactivate
    void deactivate() throws Exception {
        engine.close();
        listening.close();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC, updated = "updatedTrigger")
    void addTrigger(TriggerConfiguration configuration) {
        configurations.add(configuration);
        collect();
    }

    void updatedTrigger(TriggerConfiguration configuration) {
        collect();
    }

    void removeTrigger(TriggerConfiguration configuration) {
        configurations.remove(configuration);
        collect();
    }

    private synchronized void collect() {
        engine.configured(configurations.stream().map(TriggerConfiguration::config).toList());
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addListener(TriggerListener listener, ServiceReference<TriggerListener> reference) {
        audience.add(listener, String.valueOf(reference.getBundle()));
    }

    void removeListener(TriggerListener listener) {
        audience.remove(listener);
    }

    @Override
    public boolean wants(String type, String stream) {
        return engine.wants(type, stream);
    }

    @Override
    public CompletionStage<TriggerAnswer> ask(TriggerEvent event) {
        return engine.ask(event);
    }

    @Override
    public void tell(TriggerEvent event) {
        engine.tell(event);
    }

    @Override
    public List<TriggerReport> list() {
        return engine.list();
    }

    @Override
    public List<TriggerType> types() {
        return engine.types();
    }

    @Override
    public Map<String, TriggerCounts> counts() {
        return engine.counts();
    }

    @Override
    public CompletionStage<TriggerReply> sample(String id, TriggerEvent event) {
        return engine.sample(id, event);
    }
}

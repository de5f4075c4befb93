package io.sluice.triggers.internal;

import java.util.Map;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * One configured trigger: a factory configuration becomes one of these, and {@link TriggersComponent} collects them. Registered by hand and not by Declarative Services, which
 * would show secrets among the service's properties.
 */
@Component(service = {}, immediate = true, configurationPid = TriggerConfiguration.PID, configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = TriggerConfiguration.Config.class, factory = true)
public final class TriggerConfiguration {
    static final String PID = "io.sluice.triggers.trigger";

    @ObjectClassDefinition(name = "Sluice: trigger", description = "Tells a web hook or an executable of an event, and asks it where the event is a question.")
    @interface Config {
        @AttributeDefinition(name = "Type", description = "Of the event, such as USER_NEW or STREAM_PUSH. The page Triggers and the bundle's README list them.")
        String type();

        @AttributeDefinition(name = "Handler", description = "How it is reached: webhook, exec, or what another bundle offers.")
        String handler() default "webhook";

        @AttributeDefinition(name = "Target", description = "Whom: an address such as http://127.0.0.1:9000/hook, or the path of an executable.")
        String target() default "";

        @AttributeDefinition(name = "Parameters", description = "Of the handler, one key=value a line; its README lists them.")
        String[] parameters() default {};

        @AttributeDefinition(name = "Secret", type = AttributeType.PASSWORD, description = "For handlers that sign what they send; a reference such as $[env:HOOK_SECRET] keeps it out of the file.")
        String secret() default "";

        @AttributeDefinition(name = "Blocking", description = "Wait for the answer where the event is a question. Without this the handler is only told, and cannot refuse anything.")
        boolean blocking() default true;

        @AttributeDefinition(name = "Streams", description = "Only for these streams. A base name such as cam stands for cam+anything, too. Empty: all.")
        String[] streams() default {};

        @AttributeDefinition(name = "Params", description = "For types that have a threshold. LIVE_BANDWIDTH: bytes per second that must be exceeded.")
        String params() default "";

        @AttributeDefinition(name = "Default answer", description = "When there is no answer in time. Empty: yes; where a text is asked for, it stays as it was.")
        String defaultAnswer() default "";

        @AttributeDefinition(name = "Time-out", description = "For an answer, in milliseconds, attempts and waiting in line included.")
        long timeoutMillis() default 10000;

        @AttributeDefinition(name = "Format", description = "plain: a value a line; json: with names.")
        String format() default "plain";
    }

    private final ServiceRegistration<TriggerConfiguration> registration;
    private volatile TriggerConfig config;
    private long changes;

    @Activate
    public TriggerConfiguration(BundleContext context, Config configured, Map<String, Object> properties) {
        config = TriggerConfig.of(pid(properties), configured);
        registration = context.registerService(TriggerConfiguration.class, this, null);
    }

    @Modified
    void modified(Config configured, Map<String, Object> properties) {
        config = TriggerConfig.of(pid(properties), configured);
        registration.setProperties(FrameworkUtil.asDictionary(Map.of("changes", ++changes)));
    }

    @Deactivate
    void gone() {
        registration.unregister();
    }

    private static String pid(Map<String, Object> properties) {
        return String.valueOf(properties.get(Constants.SERVICE_PID));
    }

    TriggerConfig config() {
        return config;
    }
}

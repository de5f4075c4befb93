package io.sluice.push.manual.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One switch: the Web Console's form. Each is a factory configuration of {@link #PID}. */
@ObjectClassDefinition(name = "Sluice: push switch", factoryPid = SwitchConfig.PID, description = "A switch that is turned by hand. Pushes with the condition manual(name=…) follow it at once.")
public @interface SwitchConfig {
    String PID = "io.sluice.push.manual.switch";

    @AttributeDefinition(name = "Name", description = "As conditions write it: manual(name=show).")
    String name();

    @AttributeDefinition(name = "On", description = "Whether it is on now.")
    boolean on() default false;
}

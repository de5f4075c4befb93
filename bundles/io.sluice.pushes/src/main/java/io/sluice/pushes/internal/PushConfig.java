package io.sluice.pushes.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What is configured of one push: the Web Console's form. Each is a factory configuration of {@link #PID}; its name is the end of its PID. */
@ObjectClassDefinition(name = "Sluice: push", factoryPid = PushConfig.PID, description = "A stream that is recorded, or sent elsewhere, whenever a rule says so. The page Pushes shows how "
    + "it fares, and when it will be on.")
public @interface PushConfig {
    String PID = "io.sluice.pushes.push";

    @AttributeDefinition(name = "Stream", description = "A name such as cam or cam+studio; cam+ for each stream cam+x that is there.")
    String stream();

    @AttributeDefinition(name = "Target", description = "Where to: a file such as /recordings/$stream_$datetime.mkv, or an address such as rtmp://host/app/stream. Variables are expanded at each start.")
    String target();

    @AttributeDefinition(name = "Rule", description = "When: conditions joined by and, or, not and parentheses, such as variable(name=onair, is=true) and not viewers(over=100). "
        + "Empty: whenever the stream is there.")
    String rule() default "";

    @AttributeDefinition(name = "Enabled", description = "Without this it is kept and never on.")
    boolean enabled() default true;

    @AttributeDefinition(name = "From", description = "Not before this time, with zone or offset such as 2026-12-31T20:00:00Z, or in Unix seconds. Empty: at once.")
    String from() default "";

    @AttributeDefinition(name = "Until", description = "Not after this time; then the entry is deleted. Empty: for ever.")
    String until() default "";

    @AttributeDefinition(name = "Least time on", description = "Once on it stays on so long, in seconds, whatever the rule says.")
    double minOnSeconds() default 0;

    @AttributeDefinition(name = "Least time off", description = "Once off it stays off so long, in seconds, whatever the rule says.")
    double minOffSeconds() default 0;

    @AttributeDefinition(name = "On after", description = "The rule must be on for so long before that counts, in seconds.")
    double onAfterSeconds() default 0;

    @AttributeDefinition(name = "Off after", description = "The rule must be off for so long before that counts, in seconds.")
    double offAfterSeconds() default 0;

    @AttributeDefinition(name = "Wait", description = "From the end of a push to its next start, in seconds; 0: it is not started again; -1: as configured for all pushes.")
    double waitSeconds() default -1;
}

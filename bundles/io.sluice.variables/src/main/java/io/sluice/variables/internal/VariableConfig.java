package io.sluice.variables.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What is configured of one variable: the Web Console's form. Each is a factory configuration of {@link #PID}. */
@ObjectClassDefinition(name = "Sluice: variable", factoryPid = VariableConfig.PID, description = "A name whose value stands wherever $name is written: in stream sources, targets of pushes, "
    + "file names, fallback streams. The page Variables shows what it is now.")
public @interface VariableConfig {
    String PID = "io.sluice.variables.variable";

    @AttributeDefinition(name = "Name", description = "Without the dollar sign: letters (a-z, A-Z), digits, underscores, dots and hyphens, 64 at most.")
    String name();

    @AttributeDefinition(name = "Type", description = "Where the value comes from: static, or the name of any other installed source, such as command, url, file, calendar.")
    String type() default "static";

    @AttributeDefinition(name = "Target", description = "The command, address or file that is read. Other variables can be used in it. Nothing for static.")
    String target() default "";

    @AttributeDefinition(name = "Parameters", description = "More parameters of the source, each as key=value. The README of the source lists them.")
    String[] parameters() default {};

    @AttributeDefinition(name = "Interval", description = "Time from one reading to the next, in milliseconds, 100 at least; 0 to read once, after each start and change.")
    long intervalMillis() default 0;

    @AttributeDefinition(name = "Wait time", description = "A reading that has not answered by then is given up and the last value stays, in milliseconds; 0 for as long as the interval (1 s at least), or 10 s without one.")
    long waitMillis() default 0;

    @AttributeDefinition(name = "Value", description = "The value of a static variable, in which others can be used; for all others the value until the first reading.")
    String value() default "";

    @AttributeDefinition(name = "Length at most", description = "A longer value is cut, in bytes, 65536 at most.")
    int maxBytes() default 4096;
}

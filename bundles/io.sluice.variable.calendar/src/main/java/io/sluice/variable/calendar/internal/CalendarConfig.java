package io.sluice.variable.calendar.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Of this source. */
@ObjectClassDefinition(name = "Sluice: calendars as variables", description = "Which calendars variables of the type \"calendar\" may read.")
public @interface CalendarConfig {
    String PID = "io.sluice.variable.calendar";

    @AttributeDefinition(name = "Folders", description = "Calendars may be read from these folders and what is below them; relative paths begin at the first."
        + " Where none is given: files in the server's home.", required = false)
    String[] roots() default {};

    @AttributeDefinition(name = "Private addresses", description = "Calendars may be fetched from loopback, private and link-local addresses. Cloud metadata addresses stay denied.")
    boolean allowPrivate() default false;

    @AttributeDefinition(name = "Allowed", description = "What else is allowed: addresses (10.1.2.3), blocks (10.0.0.0/8), hosts (intranet.example, *.example.com). Cloud metadata addresses"
        + " by address only.", required = false)
    String[] allowed() default {};

    @AttributeDefinition(name = "Trust", description = "Path of a PEM file with certificates of authorities, or of servers, that https believes besides the JVM's authorities. Read when"
        + " this configuration is set.", required = false)
    String trust() default "";
}

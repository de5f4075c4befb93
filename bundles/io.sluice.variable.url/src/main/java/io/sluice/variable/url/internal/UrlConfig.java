package io.sluice.variable.url.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Of this source. */
@ObjectClassDefinition(name = "Sluice: URLs as variables", description = "Where the requests of variables of the type \"url\" may go.")
public @interface UrlConfig {
    String PID = "io.sluice.variable.url";

    @AttributeDefinition(name = "Private addresses", description = "Requests may go to loopback, private and link-local addresses: to this machine and its network. Cloud metadata addresses"
        + " stay denied.")
    boolean allowPrivate() default false;

    @AttributeDefinition(name = "Allowed", description = "What else is allowed: addresses (10.1.2.3), blocks (10.0.0.0/8), hosts (intranet.example, *.example.com). Cloud metadata addresses"
        + " by address only.", required = false)
    String[] allowed() default {};

    @AttributeDefinition(name = "Connections", description = "So many requests are under way at the same time, in all; the others wait while their time-out runs.", min = "1", max = "10000")
    int maxConnections() default 500;

    @AttributeDefinition(name = "Trust", description = "Path of a PEM file with certificates of authorities, or of servers, that https believes besides the JVM's authorities. Read when"
        + " this configuration is set.", required = false)
    String trust() default "";
}

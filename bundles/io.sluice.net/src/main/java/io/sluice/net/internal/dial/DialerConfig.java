package io.sluice.net.internal.dial;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where connections that we open may go, and whose certificates they believe. */
@ObjectClassDefinition(name = "Sluice: outgoing connections", description = "Where pushes and other connections that this server opens may go. Metadata addresses of clouds, link-local"
    + " addresses and this server's own listeners are never opened by default.")
public @interface DialerConfig {
    String PID = "io.sluice.net.dialer";

    // people push to servers in their own network, and to a second server on the same machine
    @AttributeDefinition(name = "Private addresses", description = "Allows private and loopback addresses; public ones always are.")
    boolean allowPrivate() default true;

    @AttributeDefinition(name = "Allowed", description = "More addresses, blocks such as 10.0.0.0/8, and hosts such as intranet.example or *.example.com. A metadata address of a cloud is"
        + " allowed by address only.")
    String[] allowed() default {};

    @AttributeDefinition(name = "Trusted certificates", description = "PEM file with certificates of own authorities, or of servers, that are believed beside the public authorities. Read"
        + " again when it changes.")
    String trustFile() default "";
}

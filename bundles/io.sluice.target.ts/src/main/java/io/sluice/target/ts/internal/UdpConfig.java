package io.sluice.target.ts.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Where datagrams may be sent to. */
@ObjectClassDefinition(name = "Sluice: MPEG-TS over UDP", description = "Where pushes to tsudp:// and tsrtp:// may go. Those over TCP are connections: see io.sluice.net.dialer.")
@interface UdpConfig {
    @AttributeDefinition(name = "Private addresses", description = "Allow loopback, private and link-local addresses. Targets are named by administrators only. Default: true.")
    boolean allowPrivate() default true;

    @AttributeDefinition(name = "Allowed besides", required = false, description = "Addresses, blocks (10.0.0.0/8) and hosts (*.example.com) that are allowed besides public ones. Default: all multicast"
        + " addresses.")
    String[] allowed() default {"224.0.0.0/4", "ff00::/8"};
}

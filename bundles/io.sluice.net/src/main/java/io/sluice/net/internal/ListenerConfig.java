package io.sluice.net.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One address and port. */
@ObjectClassDefinition(name = "Sluice: listener", description = "An address and port, and the protocols that are told apart there by their first bytes.")
public @interface ListenerConfig {
    String PID = "io.sluice.net.listener";

    @AttributeDefinition(name = "Name", description = "What log lines and pages call it.")
    String name() default "";

    @AttributeDefinition(name = "Address", description = "Address to listen on; empty means all, IPv6 and IPv4.")
    String address() default "";

    @AttributeDefinition(name = "Port", description = "TCP port; 0 takes any free one.")
    int port() default 0;

    @AttributeDefinition(name = "TLS", description = "Speaks TLS with the certificate of the network's configuration.")
    boolean tls() default false;

    @AttributeDefinition(name = "PROXY protocol", description = "Each connection begins with a PROXY header, version 1 or 2, that names the client. Only trusted proxies (configuration of the network) may connect here.")
    boolean proxyProtocol() default false;

    @AttributeDefinition(name = "Protocols", description = "Names of the protocols offered here, such as rtmp; http is always there to be named.")
    String[] protocols() default {};
}

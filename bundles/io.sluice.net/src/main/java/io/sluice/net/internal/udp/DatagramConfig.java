package io.sluice.net.internal.udp;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One UDP port. */
@ObjectClassDefinition(name = "Sluice: datagram listener", description = "A UDP port, and the protocols that are told apart there.")
public @interface DatagramConfig {
    String PID = "io.sluice.net.datagrams";

    @AttributeDefinition(name = "Name", description = "What log lines and pages call it.")
    String name() default "";

    @AttributeDefinition(name = "Address", description = "Address to listen on; empty means all, IPv6 and IPv4.")
    String address() default "";

    @AttributeDefinition(name = "Port", description = "UDP port; 0 takes any free one.")
    int port() default 0;

    @AttributeDefinition(name = "Protocols", description = "Names of the protocols offered here, such as webrtc.")
    String[] protocols() default {};

    @AttributeDefinition(name = "Public addresses", description = "Addresses by which peers reach this port, where they are not this machine's own: behind NAT or in a container. "
        + "Address or name, with :port where that differs too.")
    String[] publicAddresses() default {};

    // a second of 30 Mbit/s; the kernel caps it by net.core.rmem_max and wmem_max
    @AttributeDefinition(name = "Socket buffer", description = "The kernel's buffers for what comes and what goes, in bytes each.")
    int socketBufferBytes() default 4 << 20;

    // an association costs about 2 KiB of heap here, and what its protocol keeps
    @AttributeDefinition(name = "Associations", description = "Most peers at one time.")
    int maxAssociations() default 20_000;

    // ICE and a DTLS handshake on a bad line take a few seconds
    @AttributeDefinition(name = "Arrival time", description = "How long an introduced peer has until its first datagram proves who it is, in seconds.")
    int arrivalSeconds() default 15;
}

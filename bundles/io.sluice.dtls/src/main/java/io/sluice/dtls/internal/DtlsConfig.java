package io.sluice.dtls.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of DTLS handshakes. */
@ObjectClassDefinition(name = "Sluice: DTLS", description = "Handshakes of peers that speak WebRTC.")
public @interface DtlsConfig {
    String PID = "io.sluice.dtls";

    // one takes about a millisecond of a processor and a few round trips, for which its thread waits
    @AttributeDefinition(name = "Handshakes", description = "Most handshakes at one time, each on a thread of its own; as many times eight wait.")
    int maxHandshakes() default 128;

    @AttributeDefinition(name = "Handshake time", description = "How long a handshake may take, in seconds.")
    int handshakeSeconds() default 10;
}

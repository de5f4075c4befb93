package io.sluice.net.internal;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration of the sockets as a whole. Each default's derivation stands beside it. */
@ObjectClassDefinition(name = "Sluice: network", description = "Event loops, limits and the certificate of all listeners.")
public @interface NetConfig {
    String PID = "io.sluice.net";

    @AttributeDefinition(name = "Event loops", description = "Threads that carry connections; 0 means one for each processor that the process may use. Takes effect at the next start.")
    int eventLoops() default 0;

    @AttributeDefinition(name = "Worker threads", description = "Threads for files, commands and other things that block. Takes effect at the next start.")
    int workerThreads() default 8;

    // a connection costs about 3 KiB of heap and the kernel's socket buffers: 100000 of them some 2 GiB in all
    @AttributeDefinition(name = "Connections", description = "Most connections at one time; over it a newcomer is refused.")
    int maxConnections() default 100_000;

    // a load client or a proxy opens thousands from one address
    @AttributeDefinition(name = "Connections from one address", description = "Most connections from one address at one time.")
    int maxConnectionsPerAddress() default 10_000;

    // the largest RTMP chunk or AMF command that real encoders send is far below it
    @AttributeDefinition(name = "Undecoded bytes", description = "Most bytes that a protocol may leave unread before its connection is closed, in bytes.")
    int maxUndecodedBytes() default 1 << 20;

    // about a second of an 8 Mbit/s stream
    @AttributeDefinition(name = "High water mark", description = "Unsent bytes above which a connection counts as slow, in bytes.")
    int highWaterBytes() default 1 << 20;

    @AttributeDefinition(name = "Low water mark", description = "Unsent bytes below which a slow connection takes bytes again, in bytes.")
    int lowWaterBytes() default 512 << 10;

    @AttributeDefinition(name = "Drain time", description = "How long a hand-over asks a connection that cannot move yet, in seconds; after it the connection stays on the old version.")
    int drainSeconds() default 30;

    @AttributeDefinition(name = "Stop time", description = "How long a stop waits for running HTTP exchanges, in seconds.")
    int stopSeconds() default 10;

    // an update of a bundle takes one to three seconds; players with their usual buffer survive it, and the kernel's buffers hold what a publisher sends meanwhile
    @AttributeDefinition(name = "Park time", description = "How long connections wait, frozen, for a version that goes on when their protocol's bundle stops, in seconds; 0 closes them at once.")
    int parkSeconds() default 10;

    @AttributeDefinition(name = "Trusted proxies", description = "Addresses and networks, such as 10.0.0.0/8, of proxies that are believed when they say for whom they speak. Nobody else is.")
    String[] trustedProxies() default {};

    // a proxy adds to the first or overwrites the second; one that is named here and that the proxy passes on as it came could be anybody's words
    @AttributeDefinition(name = "Proxy headers", description = "HTTP headers in which trusted proxies name their client, the first that is there counts. Name only those that your proxies write themselves.")
    String[] proxyHeaders() default {"X-Forwarded-For", "X-Real-IP"};

    @AttributeDefinition(name = "Certificate", description = "PEM file with the certificate chain; empty means a self-signed one made at the first need.")
    String certificateFile() default "";

    @AttributeDefinition(name = "Private key", description = "PEM file with the PKCS#8 private key of the certificate.")
    String keyFile() default "";
}

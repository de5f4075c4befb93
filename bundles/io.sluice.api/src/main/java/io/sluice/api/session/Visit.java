package io.sluice.api.session;

import java.util.Set;
import org.osgi.annotation.versioning.ProviderType;

/**
 * One connection under one set of facts: what sessions are made of. The core's own object; it counts whether or not an engine is there. All methods from any thread.
 * A closed visit's counters stand still; closed visits whose facts differ in nothing but connection and URL are added up into one, which keeps the first one's id.
 */
@ProviderType
public interface Visit {
    /** Unique in this process. */
    long id();

    ConnectionFacts facts();

    /** Unix epoch, milliseconds. */
    long sinceMillis();

    /** Unix epoch, milliseconds; 0 while the connection is there. */
    long endedMillis();

    /** When bytes last moved. Unix epoch, milliseconds. */
    long activeMillis();

    /** From the peer: accepted from the kernel, framing included, TLS excluded. Only rises. */
    long bytesIn();

    /** To the peer: accepted by the kernel, framing included, TLS excluded. Only rises. */
    long bytesOut();

    /** Packets sent, lost and sent again, where the transport knows them (TCP: from the kernel, as of the last look, some seconds old), else 0. Only rise. */
    long packets();

    long packetsLost();

    long packetsRetransmitted();

    /** Media time that it has got to, on the stream's timeline, or 0. */
    long positionMillis();

    /** Whether the gate let it in, so that nobody asks again after the engine was away. */
    boolean admitted();

    /** What was put on it; stays over engines. */
    Set<String> tags();

    /** At most 32 tags of 64 characters; more are refused. @return false when it is refused */
    boolean tag(String tag);

    void untag(String tag);

    /** Ends it: its reader or publisher is over, the peer is told the reason in its protocol's way. HTTP: further requests with these facts are denied with the reason. */
    void end(String reason);
}

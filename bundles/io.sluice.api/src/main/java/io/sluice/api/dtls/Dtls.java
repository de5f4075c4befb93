package io.sluice.api.dtls;

import io.sluice.api.net.Association;
import io.sluice.api.net.Handle;
import org.osgi.annotation.versioning.ProviderType;

/** DTLS with use_srtp (RFC 5764), we as the server. The keys and their counters are the core's and outlive a version of a protocol. */
@ProviderType
public interface Dtls {
    /** Of our certificate, as an SDP answer carries it (RFC 8122): "sha-256 AB:CD:…". Constant while the process lives. Blocks a moment when it is asked for first. */
    String fingerprint();

    /**
     * Waits for the peer's handshake. On the association's loop, whose end ends the transport.
     *
     * @param peerFingerprint as the peer's description says: name of a hash function (RFC 8122: sha-256, sha-384 or sha-512) and bytes in hexadecimal with colons
     * @throws IllegalArgumentException where that is no such fingerprint
     */
    DtlsTransport accept(Association association, String peerFingerprint, DtlsHandler handler);

    /**
     * The transport that a snapshot names, for the version that takes over; the handler replaces the old version's.
     *
     * @throws IllegalArgumentException when the association owns no such transport
     */
    DtlsTransport transport(Handle handle, Association association, DtlsHandler handler);
}

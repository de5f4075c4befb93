package io.sluice.streams.internal.visit;

import io.sluice.api.session.ConnectionKind;

/**
 * What a visit came to in one life of its stream. A visit may outlive its stream, as HTTP connections do, and then has a share in the next one.
 *
 * @param session    that it was let into, or ""
 * @param fromMillis Unix epoch; since its last share was taken
 * @param untilMillis when it was last there; not before fromMillis
 */
public record Share(ConnectionKind kind, String session, long fromMillis, long untilMillis, long bytesIn, long bytesOut) {
}

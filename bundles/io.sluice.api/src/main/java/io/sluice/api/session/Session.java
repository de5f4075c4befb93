package io.sluice.api.session;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A session as pages, commands, the history and triggers see it: plain data of one moment, at most a second old.
 *
 * @param id            class prefix ("" viewer, "I" input, "O" output, "U" unclassified) and a SHA-256 in hexadecimal
 * @param state         where it is in its life
 * @param kind          of all its connections
 * @param strategy      that made its key
 * @param token         of its identity, or ""; a secret where it opens something, so pages show its beginning only
 * @param streams       seconds with activity for each stream, in the order of the names
 * @param protocols     the same for each protocol
 * @param addresses     the same for each address
 * @param userAgent     of its first connection, bounded
 * @param connections   open now
 * @param sinceMillis   Unix epoch
 * @param endedMillis   Unix epoch, or 0
 * @param seconds       with at least one active connection
 * @param bytesIn       from the peer, in all
 * @param bytesOut      to the peer, in all
 * @param packets       sent, where the transport counts them
 * @param packetsLost   of these
 * @param packetsRetransmitted of these
 * @param positionMillis    the furthest media time
 * @param tags          of all its connections
 * @param reason        why it was denied or ended, or ""
 */
public record Session(String id, State state, ConnectionKind kind, String strategy, String token, Map<String, Long> streams, Map<String, Long> protocols,
    Map<String, Long> addresses, String userAgent, List<Long> connections, long sinceMillis, long endedMillis, long seconds, long bytesIn, long bytesOut, long packets,
    long packetsLost, long packetsRetransmitted, long positionMillis, Set<String> tags, String reason) {
    /** ASKING: a blocking trigger has not answered yet. LIVE: let in. DENIED: refused, remembered. ENDED: kept as history. */
    public enum State { ASKING, LIVE, DENIED, ENDED }
}

package io.sluice.protocol.rtmp.internal;

import io.sluice.api.net.Snapshot;
import io.sluice.format.rtmp.Message;

/** What a peer does after it was admitted: publish or play. On the connection's loop. */
interface Session {
    /** Sound, pictures or data from the peer; borrowed. */
    void media(Message message);

    /** The peer takes bytes again. */
    void writable();

    /** Tells the peer that the server stops. */
    void stopping(String reason);

    /** Gives the right back: the peer has ended it or is gone. */
    void close();

    Snapshot snapshot(int schema);
}

package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Snapshot;

/** What a session is for: taking a peer's media in, or giving it some. On the association's loop. */
interface Media {
    /** Keys are there. */
    void ready();

    /** An authentic packet; borrowed, may be written to. */
    void packet(ByteBuf packet);

    /** An authentic compound; borrowed. */
    void control(ByteBuf compound);

    /** The port takes datagrams again. */
    void writable();

    /** The session is over. */
    void close();

    /** Another version goes on with it: buffers are released, all else stays as it is. */
    void left();

    /** Null where it cannot be moved just now. */
    Snapshot snapshot();
}

package io.sluice.target.ts.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where datagrams leave. One thread at a time; never blocks. */
interface Outlet extends AutoCloseable {
    /** Bytes at the beginning of each datagram that are left to the outlet. */
    int headBytes();

    /**
     * @param datagram from its head on; all of it is taken, or nothing
     * @return false when the kernel has no room: the same again later
     */
    boolean send(ByteBuffer datagram) throws IOException;

    @Override
    void close() throws IOException;
}

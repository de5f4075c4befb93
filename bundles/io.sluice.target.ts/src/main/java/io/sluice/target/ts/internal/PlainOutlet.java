package io.sluice.target.ts.internal;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** Datagrams of packets and nothing else. @param channel non-blocking; closed here */
record PlainOutlet(DatagramChannel channel, InetSocketAddress to) implements Outlet {
    @Override
    public int headBytes() {
        return 0;
    }

    @Override
    public boolean send(ByteBuffer datagram) throws IOException {
        return channel.send(datagram, to) > 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Streams;

/** Planted: it cannot be activated. */
public final class NoStartProtocol implements Protocol {
    private final RtmpProtocol good;

    public NoStartProtocol(Streams streams, RtmpConfig config) {
        if (config != null) {
            throw new IllegalStateException("planted: no start");
        }
        good = new RtmpProtocol(streams, config);
    }

    void modified(RtmpConfig config) {
        good.modified(config);
    }

    @Override
    public Match match(ByteBuf firstBytes) {
        return good.match(firstBytes);
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return good.open(connection);
    }

    @Override
    public ConnectionHandler resume(Connection connection, Snapshot snapshot) {
        return good.resume(connection, snapshot);
    }
}

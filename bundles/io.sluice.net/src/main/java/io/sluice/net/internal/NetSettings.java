package io.sluice.net.internal;

import io.netty.channel.WriteBufferWaterMark;
import java.nio.file.Path;
import java.util.List;

/** The network's configuration, checked. */
record NetSettings(int maxConnections, int maxConnectionsPerAddress, int maxUndecodedBytes, WriteBufferWaterMark waterMark, long drainMillis,
    long stopMillis, long parkMillis, TrustedProxies proxies, Path certificateFile, Path keyFile) {

    static NetSettings of(NetConfig c) {
        int high = Math.max(64 << 10, c.highWaterBytes());
        return new NetSettings(Math.max(1, c.maxConnections()), Math.max(1, c.maxConnectionsPerAddress()), Math.max(64 << 10, c.maxUndecodedBytes()),
            new WriteBufferWaterMark(Math.max(1, Math.min(c.lowWaterBytes(), high)), high), c.drainSeconds() * 1000L, c.stopSeconds() * 1000L,
            Math.max(0, c.parkSeconds()) * 1000L, new TrustedProxies(List.of(c.trustedProxies()), List.of(c.proxyHeaders())), path(c.certificateFile()), path(c.keyFile()));
    }

    /** Null where the text is empty. */
    private static Path path(String file) {
        return file == null || file.isBlank() ? null : Path.of(file.trim());
    }
}

package io.sluice.streams.internal;

import io.netty.util.internal.PlatformDependent;

/** What holds for all streams; see {@link StreamsComponent.Config} for each value. */
public record Settings(String publishKey, boolean open, String defaultStream, int maxStreams, int maxViewers, long memoryBytes, long startMillis,
    long idleMillis, long takeoverMillis, long maxLagMillis, long segmentLingerMillis, boolean openWithoutSessions, long sessionMillis) {

    static Settings of(StreamsComponent.Config c) {
        long memory = c.memoryMegabytes() > 0 ? c.memoryMegabytes() << 20 : PlatformDependent.maxDirectMemory() / 2;
        return new Settings(c.publishKey(), "true".equalsIgnoreCase(c.open().trim()), c.defaultStream().trim(), c.maxStreams(), c.maxViewers(),
            memory, c.startMillis(), c.idleMillis(), c.takeoverMillis(), c.maxLagMillis(), c.segmentLingerSeconds() * 1000L,
            !"closed".equalsIgnoreCase(c.whileSessionsAway().trim()), Math.max(100, c.sessionMillis()));
    }

    /** Never prints the key. */
    @Override
    public String toString() {
        return (open ? "open" : publishKey.isEmpty() ? "no publish key" : "publish key set") + ", " + (memoryBytes >> 20) + " MB";
    }
}

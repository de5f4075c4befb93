package io.sluice.protocol.rtmp.internal;

import java.util.concurrent.TimeUnit;

/**
 * The configuration, checked, with what this build chooses.
 *
 * @param chunkBytes      of outgoing chunks
 * @param snapshotSchema  of the snapshots that are written
 * @param mayPublish      peers may
 * @param mayPlay         peers may
 * @param maxKbps         intake of one publisher in kbit/s, 0 for no limit
 * @param maxMessageBytes of one incoming message
 * @param idleNanos       until a peer that does nothing is disconnected
 */
record Settings(int chunkBytes, int snapshotSchema, boolean mayPublish, boolean mayPlay, int maxKbps, int maxMessageBytes, long idleNanos) {
    /** The least is what every peer must be able to read, section 5.4.1. The most keeps one chunk below a socket buffer. */
    private static final int MIN_CHUNK = 128;
    private static final int MAX_CHUNK = 65536;
    /** A message's length has 24 bits, section 5.3.1.2.1. */
    private static final int MAX_MESSAGE = 0xFFFFFF;
    private static final int MIN_MESSAGE = 65536;

    static Settings of(RtmpConfig config, WireChoices wire) {
        int chunk = config.chunkSizeBytes() == 0 ? wire.chunkBytes() : config.chunkSizeBytes();
        return new Settings(clamp(chunk, MIN_CHUNK, MAX_CHUNK), wire.snapshotSchema(), config.acceptable() != 1, config.acceptable() != 2,
            Math.max(0, config.maxKbps()), clamp(config.maxMessageBytes(), MIN_MESSAGE, MAX_MESSAGE),
            TimeUnit.SECONDS.toNanos(Math.max(1, config.idleSeconds())));
    }

    private static int clamp(int value, int least, int most) {
        return Math.max(least, Math.min(most, value));
    }
}

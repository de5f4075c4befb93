package io.sluice.source.file.internal;

import io.netty.buffer.ByteBuf;

/** A frame read ahead, with its times on the stream's timeline. Whoever holds it owns the payload. */
record LoadedFrame(int trackId, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
}

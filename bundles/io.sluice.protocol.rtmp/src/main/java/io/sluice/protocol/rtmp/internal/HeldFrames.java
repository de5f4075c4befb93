package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Publisher;
import io.sluice.format.rtmp.Fields;
import java.util.ArrayList;
import java.util.List;

/** Frames that came before all tracks were known, on the heap. */
final class HeldFrames {
    /** A second, which is how long tracks are waited for, at 32 Mbit/s. */
    static final int MAX_BYTES = 4 << 20;

    private record Held(int track, long ptsNanos, long dtsNanos, boolean key, byte[] payload) {
    }

    private final List<Held> frames = new ArrayList<>();
    private int bytes;

    /** Copies the payload, which is borrowed. */
    void add(int track, long ptsNanos, long dtsNanos, boolean key, ByteBuf payload) {
        frames.add(new Held(track, ptsNanos, dtsNanos, key, ByteBufUtil.getBytes(payload)));
        bytes += payload.readableBytes();
    }

    boolean full() {
        return bytes >= MAX_BYTES;
    }

    void writeTo(Publisher publisher) {
        for (Held f : frames) {
            publisher.write(f.track, f.ptsNanos, f.dtsNanos, f.key, Unpooled.wrappedBuffer(f.payload));
        }
        frames.clear();
        bytes = 0;
    }

    List<Snapshot> snapshot(int schema) {
        return frames.stream().map(f -> Snapshot.of(schema).put("track", f.track).put("pts", f.ptsNanos).put("dts", f.dtsNanos).put("key", f.key)
            .put("payload", f.payload).build()).toList();
    }

    static HeldFrames from(List<Fields> list) {
        HeldFrames held = new HeldFrames();
        for (Fields f : list) {
            held.add(f.integer("track"), f.number("pts"), f.number("dts"), f.flag("key", false), Unpooled.wrappedBuffer(f.bytes("payload")));
        }
        return held;
    }
}

package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.media.Track;
import io.sluice.api.stream.Publisher;
import java.util.ArrayList;
import java.util.List;

/** Publishes pictures at 25 a second with a key frame each so many, on its peer's loop. */
final class Camera {
    final Peer peer;
    final Publisher publisher;
    private final int gop;
    private long frames;
    private long zeroNanos;
    private int bytes = 100;
    private long apartNanos = 40_000_000;
    private final List<String> ends = new ArrayList<>();

    Camera(House house, String name, int gop, Track... tracks) {
        this.gop = gop;
        peer = house.peer();
        publisher = house.publish(peer, name).join();
        peer.run(() -> {
            publisher.onEnd(ends::add);
            publisher.tracks(tracks.length == 0 ? List.of(House.VIDEO) : List.of(tracks));
        });
    }

    Camera startingAt(long nanos) {
        zeroNanos = nanos;
        return this;
    }

    Camera apartNanos(long nanos) {
        apartNanos = nanos;
        return this;
    }

    Camera frameBytes(int count) {
        bytes = count;
        return this;
    }

    void write(int count) {
        peer.run(() -> {
            for (int i = 0; i < count; i++) {
                frame();
            }
        });
    }

    /** Goes on by itself, frame after frame, until so many were written. */
    void keepWriting(long until) {
        peer.eventLoop().execute(() -> {
            frame();
            if (frames < until) {
                keepWriting(until);
            }
        });
    }

    long written() {
        return peer.call(() -> frames);
    }

    /** On the loop. */
    void frame() {
        ByteBuf payload = Unpooled.buffer(bytes).writeZero(bytes);
        long dts = zeroNanos + frames * apartNanos;
        publisher.write(0, dts, dts, frames % gop == 0, payload);
        frames++;
        payload.release();
    }

    List<String> ends() {
        return peer.call(() -> List.copyOf(ends));
    }

    void close() {
        peer.run(publisher::close);
    }
}

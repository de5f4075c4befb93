package io.sluice.streams.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Handle;
import io.sluice.api.stream.FeedFormat;
import io.sluice.api.stream.Reader;
import java.util.ArrayList;
import java.util.List;

/** A viewer that reads all there is, or, while it is held, nothing. On its peer's loop. */
final class Viewer {
    final Peer peer;
    private final House house;
    private final List<Long> got = new ArrayList<>();
    private Reader reader;
    private boolean held;
    private int headers;
    private String ended;

    Viewer(House house, String stream, FeedFormat format) {
        this.house = house;
        peer = house.peer();
        reader = house.play(peer, stream).join();
        peer.run(() -> reader.open(format, this::read));
        house.settle(); // it has its place before more is written
    }

    private void read() {
        while (!held) {
            ByteBuf b = reader.next();
            if (b == null) {
                break;
            }
            long number = b.readLong();
            b.release();
            if (number == Numbers.HEADER) {
                headers++;
            } else {
                got.add(number);
            }
        }
        if (reader.ended()) {
            ended = reader.endReason();
        }
    }

    /** Another version takes over by handle, as a hand-over does: on the loop, between two events. */
    void handOver(FeedFormat next) {
        peer.run(() -> handOver(next, true));
    }

    /** On the loop. */
    void handOver(FeedFormat next, boolean thenRead) {
        Handle handle = reader.handle();
        Reader old = reader;
        reader = house.streams.reader(handle, peer);
        reader.open(next, this::read);
        if (old.next() != null) {
            throw new AssertionError("the old reader is void");
        }
        if (thenRead) {
            read();
        }
    }

    void hold(boolean on) {
        peer.run(() -> {
            held = on;
            read();
        });
    }

    List<Long> got() {
        return peer.call(() -> List.copyOf(got));
    }

    int headers() {
        return peer.call(() -> headers);
    }

    String ended() {
        return peer.call(() -> ended);
    }

    void close() {
        peer.run(() -> reader.close());
    }
}

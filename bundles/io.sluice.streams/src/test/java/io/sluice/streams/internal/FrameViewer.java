package io.sluice.streams.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.stream.ReadFrom;
import io.sluice.api.stream.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** Reads frames as they are, all there is, or, while it is held, none. On its loop. */
final class FrameViewer {
    private final Executor loop;
    private final Reader reader;
    private final List<Long> got = new ArrayList<>();
    private final List<Integer> epochs = new ArrayList<>();
    private boolean held;
    private String ended;

    FrameViewer(Executor loop, Reader reader) {
        this.loop = loop;
        this.reader = reader;
    }

    /** Of a peer that the gate let in. */
    static FrameViewer of(House house, String stream, ReadFrom from) {
        Peer peer = house.peer();
        FrameViewer viewer = new FrameViewer(peer.eventLoop(), house.play(peer, stream).join());
        viewer.open(from);
        house.settle();
        return viewer;
    }

    void open(ReadFrom from) {
        run(() -> reader.frames(from, this::read));
    }

    private void read() {
        for (Frame f = held ? null : reader.nextFrame(); f != null; f = held ? null : reader.nextFrame()) {
            got.add(f.sequence());
            epochs.add(f.tracks().epoch());
            f.payload().release();
        }
        if (reader.ended()) {
            ended = reader.endReason();
        }
    }

    private void run(Runnable task) {
        CompletableFuture.runAsync(task, loop).join();
    }

    void hold(boolean on) {
        run(() -> {
            held = on;
            read();
        });
    }

    /** Until it has this frame. */
    void await(long sequence) {
        Await.until(() -> {
            List<Long> now = got();
            return !now.isEmpty() && now.get(now.size() - 1) == sequence;
        }, () -> "frame " + sequence + " has not come");
    }

    List<Long> got() {
        return CompletableFuture.supplyAsync(() -> List.copyOf(got), loop).join();
    }

    List<Integer> epochs() {
        return CompletableFuture.supplyAsync(() -> List.copyOf(epochs), loop).join();
    }

    String ended() {
        return CompletableFuture.supplyAsync(() -> ended, loop).join();
    }

    void close() {
        run(reader::close);
    }
}

package io.sluice.streams.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.api.push.Recording;
import io.sluice.api.stream.ReadFrom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A target of the tests: takes frames as a file does, and says so. */
final class Catcher implements PushTarget {
    final List<Push> pushes = new CopyOnWriteArrayList<>();
    volatile ReadFrom from = ReadFrom.LIVE;
    /** Open and close wait for it where there is one. */
    volatile CountDownLatch hangs;
    volatile RuntimeException fails;

    /** One push at the target. On its loop. */
    final class Push {
        final PushRequest request;
        private final List<Frame> got = new ArrayList<>();
        private boolean held;
        private boolean over;

        private Push(PushRequest request) {
            this.request = request;
        }

        private void open() {
            request.reader().frames(from, this::read);
            request.progress().running(request.expand(request.address().target(), Map.of()));
        }

        private void read() {
            for (Frame f = held ? null : request.reader().nextFrame(); f != null; f = held ? null : request.reader().nextFrame()) {
                got.add(f);
                request.progress().out(f.payload().readableBytes());
                request.progress().media(f.dtsNanos());
                f.payload().release();
            }
            if (!over && request.reader().ended() && (hangs == null || hangs.getCount() == 0)) {
                over = true;
                request.progress().recorded(new Recording("/srv/x.ts", "ts", 1000, 1_000_000, 1_005_000, 2000, 7000));
                request.progress().ended("");
            }
        }

        void hold(boolean on) {
            call(() -> {
                held = on;
                read();
                return null;
            });
        }

        <T> T call(Supplier<T> task) {
            return CompletableFuture.supplyAsync(task, request.loop()).join();
        }

        List<Long> got() {
            return call(() -> got.stream().map(Frame::sequence).toList());
        }

        List<Long> got(int track) {
            return call(() -> got.stream().filter(f -> f.track().id() == track).map(f -> f.dtsNanos() / 1_000_000).toList());
        }

        Set<Integer> epochs() {
            return call(() -> got.stream().map(f -> f.tracks().epoch()).collect(Collectors.toSet()));
        }

        Push await(int frames) {
            Await.until(() -> got().size() >= frames, () -> got().size() + " frames instead of " + frames);
            return this;
        }
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        waits();
        if (fails != null) {
            throw fails;
        }
        Push push = new Push(request);
        pushes.add(push);
        request.loop().execute(push::open);
        return () -> {
            waits();
            request.loop().execute(push::read);
        };
    }

    private void waits() {
        CountDownLatch latch = hangs;
        try {
            if (latch != null) {
                latch.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String problem(PushAddress address) {
        return address.parameters().containsKey("wrong") ? "wrong is wrong" : "";
    }

    Push last() {
        return pushes.get(pushes.size() - 1);
    }
}

package io.sluice.format.delivery;

import io.sluice.api.push.PushProgress;
import io.sluice.api.push.Recording;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What a push told. */
public final class Told implements PushProgress {
    public final CompletableFuture<String> running = new CompletableFuture<>();
    public final CompletableFuture<String> ended = new CompletableFuture<>();
    public final List<String> notes = new CopyOnWriteArrayList<>();
    public final AtomicLong out = new AtomicLong();
    public final AtomicLong mediaNanos = new AtomicLong();

    @Override
    public void running(String shown) {
        running.complete(shown);
    }

    @Override
    public void media(long nanos) {
        mediaNanos.set(nanos);
    }

    @Override
    public void note(String text) {
        notes.add(text);
    }

    @Override
    public void recorded(Recording recording) {
        throw new AssertionError("nothing is recorded");
    }

    @Override
    public void ended(String problem) {
        ended.complete(problem);
    }

    @Override
    public void in(long bytes) {
        // not looked at
    }

    @Override
    public void out(long bytes) {
        out.addAndGet(bytes);
    }
}

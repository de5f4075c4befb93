package io.sluice.streams.internal.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.streams.internal.InTurn;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PushThreadsTest {
    private final PushThreads threads = new PushThreads(3);

    @AfterEach
    void stop() {
        threads.close();
    }

    @Test
    void whatHangsHoldsUpNobodyAsLongAsThreadsAreLeft() {
        CountDownLatch hang = new CountDownLatch(1);
        List<CompletableFuture<String>> hanging = IntStream.range(0, 2).mapToObj(i -> CompletableFuture.supplyAsync(() -> wait(hang), threads)).toList();
        for (int i = 0; i < 100; i++) {
            assertTrue(CompletableFuture.supplyAsync(() -> Thread.currentThread().getName(), threads).join().startsWith("sluice-push-"));
        }
        CompletableFuture<String> last = CompletableFuture.supplyAsync(() -> wait(hang), threads);
        CompletableFuture<String> waits = CompletableFuture.supplyAsync(() -> "after all", threads);
        hang.countDown();
        assertEquals("after all", waits.join());
        assertEquals("went on", last.join());
        hanging.forEach(h -> assertEquals("went on", h.join()));
    }

    private static String wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            return "interrupted";
        }
        return "went on";
    }

    @Test
    void allBusyIsFullAndTheEndInterrupts() {
        CountDownLatch begun = new CountDownLatch(3);
        CountDownLatch hang = new CountDownLatch(1);
        List<CompletableFuture<String>> hanging = IntStream.range(0, 3).mapToObj(i -> CompletableFuture.supplyAsync(() -> {
            begun.countDown();
            return wait(hang);
        }, threads)).toList();
        assertEquals("went on", wait(begun));
        assertTrue(threads.isFull());
        threads.close();
        hanging.forEach(h -> assertEquals("interrupted", h.join()));
        assertThrows(RejectedExecutionException.class, () -> threads.execute(() -> { }));
    }

    @Test
    void tasksInTurnKeepTheirOrderThoughOneFails() {
        InTurn turn = new InTurn(threads);
        ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
        CompletableFuture<Void> done = new CompletableFuture<>();
        IntStream.range(0, 1000).forEach(i -> turn.execute(() -> {
            seen.add(i);
            if (i == 500) {
                throw new IllegalStateException("as planned");
            }
        }));
        turn.execute(() -> done.complete(null));
        done.join();
        assertEquals(IntStream.range(0, 1000).boxed().toList(), List.copyOf(seen));
    }
}

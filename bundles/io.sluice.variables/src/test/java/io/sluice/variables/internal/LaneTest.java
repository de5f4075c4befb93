package io.sluice.variables.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LaneTest {
    private final ExecutorService pool = Executors.newCachedThreadPool();

    private static void nothing() {
        // nobody is to be told
    }

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void ofWidthOneRunsOneAfterAnother() throws InterruptedException {
        Lane lane = new Lane(pool, 1, 100_000, LaneTest::nothing);
        List<Integer> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(50_000);
        for (int i = 0; i < 50_000; i++) {
            int n = i;
            lane.execute(() -> {
                ran.add(n);
                done.countDown();
            });
        }
        assertTrue(done.await(20, TimeUnit.SECONDS));
        assertEquals(IntStream.range(0, 50_000).boxed().toList(), ran);
    }

    @Test
    void whatHangsTakesItsLanesThreadsOnly() throws InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        Lane slow = new Lane(pool, 2, 10, LaneTest::nothing);
        Lane quick = new Lane(pool, 2, 10, LaneTest::nothing);
        for (int i = 0; i < 10; i++) {
            slow.execute(() -> {
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        CountDownLatch ran = new CountDownLatch(1);
        quick.execute(ran::countDown);
        assertTrue(ran.await(10, TimeUnit.SECONDS));
        hang.countDown();
    }

    @Test
    @Timeout(20)
    void tasksThatBlockAreSoonOutnumbered() throws InterruptedException {
        CountDownLatch hang = new CountDownLatch(1);
        CountDownLatch blocked = new CountDownLatch(20);
        Lane lane = new Lane(pool, 100, 100, LaneTest::nothing);
        for (int i = 0; i < 20; i++) {
            lane.execute(() -> {
                blocked.countDown();
                try {
                    hang.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        while (!blocked.await(1, TimeUnit.MILLISECONDS)) {
            lane.relieve();
        }
        hang.countDown();
    }

    @Test
    @Timeout(20)
    void shortTasksFromATaskRunOnItsThread() throws InterruptedException {
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(20);
        Lane lane = new Lane(pool, 100, 1000, LaneTest::nothing);
        lane.execute(() -> IntStream.range(0, 20).forEach(i -> lane.execute(() -> {
            threads.add(Thread.currentThread());
            done.countDown();
        })));
        assertTrue(done.await(10, TimeUnit.SECONDS));
        assertTrue(threads.size() < 10, () -> threads.toString());
    }

    @Test
    void oneThatFailsKeepsNoOther() throws InterruptedException {
        Lane lane = new Lane(pool, 1, 10, LaneTest::nothing);
        CountDownLatch ran = new CountDownLatch(1);
        lane.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        lane.execute(ran::countDown);
        assertTrue(ran.await(10, TimeUnit.SECONDS));
    }

    @Test
    void moreThanItHoldsIsRefused() {
        Lane lane = new Lane(task -> {
        }, 1, 3, LaneTest::nothing);
        IntStream.range(0, 3).forEach(i -> lane.execute(() -> {
        }));
        assertThrows(RejectedExecutionException.class, () -> lane.execute(() -> {
        }));
    }
}

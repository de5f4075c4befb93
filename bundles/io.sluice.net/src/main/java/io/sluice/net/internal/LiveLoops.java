package io.sluice.net.internal;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.EventExecutorChooserFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Gives newcomers to the event loops in turn, and to none that stands while another runs. Any thread. */
final class LiveLoops implements EventExecutorChooserFactory {
    private volatile Predicate<EventExecutor> stands = loop -> false;

    /** Known only when the loops are there. */
    void standing(Predicate<EventExecutor> test) {
        stands = test;
    }

    @Override
    public EventExecutorChooser newChooser(EventExecutor[] loops) {
        AtomicInteger turn = new AtomicInteger();
        return () -> {
            int first = turn.getAndIncrement();
            for (int i = 0; i < loops.length; i++) {
                EventExecutor loop = loops[Math.floorMod(first + i, loops.length)];
                if (!stands.test(loop)) {
                    return loop;
                }
            }
            return loops[Math.floorMod(first, loops.length)];
        };
    }
}

package io.sluice.sessions.history.internal;

import io.sluice.api.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** Sessions on their way to the database; bounded, the oldest is dropped. Many put, one takes. Putting never waits. */
final class Backlog {
    private final int max;
    private final Lock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Session> waiting = new ArrayDeque<>();
    private long dropped;
    private boolean closed;

    Backlog(int max) {
        this.max = max;
    }

    void put(Session session) {
        lock.lock();
        try {
            if (waiting.size() == max) {
                waiting.removeFirst();
                dropped++;
            }
            waiting.addLast(session);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what is there, the oldest first; waits until there is something, and then for more. @return none when the time is over, or it was closed */
    List<Session> take(int most, long waitMillis, long moreMillis) throws InterruptedException {
        lock.lock();
        try {
            await(1, waitMillis);
            if (!waiting.isEmpty()) {
                await(most, moreMillis);
            }
            List<Session> taken = new ArrayList<>();
            while (taken.size() < most && !waiting.isEmpty()) {
                taken.add(waiting.removeFirst());
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void await(int size, long millis) throws InterruptedException {
        long nanos = TimeUnit.MILLISECONDS.toNanos(millis);
        while (waiting.size() < size && !closed && nanos > 0) {
            nanos = changed.awaitNanos(nanos);
        }
    }

    /** Waits for a time, or until it is closed. */
    void pause(long millis) throws InterruptedException {
        lock.lock();
        try {
            await(Integer.MAX_VALUE, millis);
        } finally {
            lock.unlock();
        }
    }

    /** Nobody waits from here on. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean closed() {
        return locked(() -> closed);
    }

    int size() {
        return locked(waiting::size);
    }

    long dropped() {
        return locked(() -> dropped);
    }

    private <T> T locked(Supplier<T> task) {
        lock.lock();
        try {
            return task.get();
        } finally {
            lock.unlock();
        }
    }
}

package io.sluice.sessions.internal.limit;

import java.util.concurrent.atomic.AtomicInteger;

/** What one subject of a limit uses: counted anew by each collation, and up at once by who enters. */
final class Usage {
    private final AtomicInteger sessions = new AtomicInteger();
    private volatile float kbps;
    private int sessionsNext;
    private float kbpsNext;
    private boolean over;

    int sessions() {
        return sessions.get();
    }

    float kbps() {
        return kbps;
    }

    /** Takes a place if there is one. */
    boolean enter(int most) {
        return sessions.getAndUpdate(n -> n < most ? n + 1 : n) < most;
    }

    void leave() {
        sessions.decrementAndGet();
    }

    // ---- the collating thread

    void begin() {
        sessionsNext = 0;
        kbpsNext = 0;
    }

    void count(float rate) {
        sessionsNext++;
        kbpsNext += rate;
    }

    void end() {
        sessions.set(sessionsNext);
        kbps = kbpsNext;
    }

    boolean isOver() {
        return over;
    }

    /** @return true when that is news */
    boolean over(boolean now) {
        boolean news = over != now;
        over = now;
        return news;
    }
}

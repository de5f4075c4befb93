package io.sluice.format.push;

import io.sluice.api.push.PushClock;
import io.sluice.api.push.PushSwitch;
import java.time.Instant;

/** Turns a switch by a schedule: at once, and at each change. Any thread. */
public final class ScheduleWatch implements AutoCloseable {
    /** Who waits for nothing is not told either that the clock was set. */
    private static final Instant FAR = Instant.parse("9999-12-31T00:00:00Z");

    private final Schedule schedule;
    private final PushClock clock;
    private final PushSwitch state;
    private AutoCloseable timer;
    private long looks;
    private boolean closed;

    public ScheduleWatch(Schedule schedule, PushClock clock, PushSwitch state) {
        this.schedule = schedule;
        this.clock = clock;
        this.state = state;
    }

    /** Looks at the time, or at a schedule that has changed, and asks to be called at the next change. */
    public synchronized void look() {
        if (closed) {
            return;
        }
        forget(timer);
        timer = null;
        long mine = ++looks;
        Phase phase = schedule.at(clock.now());
        phase.tell(state);
        AutoCloseable set = clock.at(phase.until() == null ? FAR : phase.until(), this::look);
        if (mine == looks) {
            timer = set;
        } else {
            forget(set); // it was called at once, and has asked again
        }
    }

    private static void forget(AutoCloseable timer) {
        if (timer != null) {
            try {
                timer.close();
            } catch (Exception e) {
                throw new IllegalStateException("a timer cannot be taken away", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        looks++;
        forget(timer);
        timer = null;
    }
}

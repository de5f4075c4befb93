package io.sluice.pushes.internal.run;

import io.sluice.api.push.Output;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.PushState;
import io.sluice.api.stream.StreamInfo.State;
import io.sluice.pushes.internal.Entry;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * One entry for one stream: sees to it that the push runs while it is wanted. All it does follows from {@link #look}, which is called after each change. On the engine's thread,
 * but for {@link #report}.
 */
final class Job implements Run.Listener {
    /** A source may be configured meanwhile, of which nobody tells. */
    private static final long ABSENT_NANOS = TimeUnit.SECONDS.toNanos(60);
    private final Means means;
    private final String stream;
    private final Consumer<Job> dirty;
    private final AtomicBoolean isDirty = new AtomicBoolean();
    private final Backoff backoff = new Backoff();
    private final Wish wish;
    private final Run run;
    private boolean hasTurn;
    private boolean absent;
    private boolean over;
    private volatile boolean waits;
    private volatile long startAt;
    /** Why it does not run although it is wanted, or "". */
    private volatile String trouble = "";
    /** Why it is not started again until it was off, or "". */
    private volatile String rests = "";
    private Runnable timer = () -> {
    };

    /** @param dirty called once for each time that {@link #look} is to be called, from any thread */
    Job(Means means, Entry entry, String stream, Consumer<Job> dirty) {
        this.means = means;
        this.stream = stream;
        this.dirty = dirty;
        this.run = new Run(means.ticker(), means.outputs(), this);
        this.wish = new Wish(means, entry, stream, this::wishChanged);
    }

    private void wishChanged() {
        if (isDirty.compareAndSet(false, true)) {
            dirty.accept(this);
        }
    }

    String stream() {
        return stream;
    }

    /** Nothing runs. */
    boolean idle() {
        return run.idle();
    }

    boolean guest() {
        return run.guest();
    }

    /** A push of this entry that runs already: before this engine began, or before its entry was made again. */
    void adopt(Output running) {
        wish.adopt(run.adopt(running, means.clock().now().toEpochMilli()));
    }

    /** The entry was edited. A push to another target ends. */
    void edit(Entry next) {
        boolean moved = !next.config().target().equals(wish.entry().config().target());
        wish.edit(next);
        if (moved) {
            run.stop("its target was changed");
        }
        again();
    }

    /** @param barred why it is not on whatever its rule says, or "" */
    void bar(String barred) {
        wish.bar(barred);
        look();
    }

    /** The stream came, went, or changed its state. */
    void streamIs(State state) {
        if (state == State.LIVE && (absent || !rests.isEmpty())) {
            again();
        } else {
            look();
        }
    }

    /** What it waits for is over. */
    void again() {
        rests = "";
        backoff.reset();
        unwait();
        look();
    }

    private void unwait() {
        startAt = 0;
        waits = false;
        hasTurn = false;
        absent = false;
    }

    /** Decides what is to be, and does what is needed for it. */
    void look() {
        isDirty.set(false);
        if (over) {
            return;
        }
        timer.run();
        long now = means.ticker().nanos();
        long again = wish.update(now);
        if (wish.on()) {
            again = Math.min(again, keep(now));
        } else {
            rest();
        }
        if (again != Long.MAX_VALUE) {
            timer = means.ticker().schedule(this::look, again);
        }
    }

    /** It is wanted. @return nanoseconds until this is to be looked at again */
    private long keep(long now) {
        if (!run.idle()) {
            trouble = run.guest() ? "the same push runs already" + (run.output().entry().isEmpty() ? ", started by hand" : " as the entry " + run.output().entry()) : "";
            return Long.MAX_VALUE;
        }
        if (!rests.isEmpty()) {
            return Long.MAX_VALUE;
        }
        String missing = means.presence().absent(stream);
        if (!missing.isEmpty()) {
            trouble = "waits for the stream: " + missing;
            unwait();
            absent = true;
            return ABSENT_NANOS;
        }
        return waits && startAt - now > 0 ? startAt - now : take(now);
    }

    private long take(long now) {
        if (!hasTurn) {
            hasTurn = true;
            startAt = means.pace().turn(now);
            waits = startAt - now > 0;
        }
        if (startAt - now > 0) {
            trouble = "waits for its turn: " + means.settings().get().maxSpeed() + " new pushes a second are allowed";
            return startAt - now;
        }
        unwait();
        trouble = "";
        run.start(new OutputRequest(stream, wish.entry().config().target(), wish.entry().name()));
        return Long.MAX_VALUE;
    }

    /** It is not wanted. */
    private void rest() {
        rests = "";
        trouble = "";
        backoff.reset();
        unwait();
        if (!wish.endsByItself()) {
            run.stop(wish.why());
        }
    }

    /** Whether the core tells of this entry and stream. */
    private boolean mine(Output told) {
        return told.entry().equals(wish.entry().name()) && told.stream().equals(stream);
    }

    /** The core tells of a push. */
    void told(Output output) {
        run.told(output, mine(output));
    }

    @Override
    public void changed() {
        look();
    }

    @Override
    public void ended(String problem, long ranNanos, boolean stopped) {
        unwait();
        trouble = problem;
        if (!stopped) {
            restart(problem, ranNanos);
        }
        look();
    }

    private void restart(String problem, long ranNanos) {
        trouble = problem.isEmpty() ? "it ended" : problem;
        long first = wish.entry().waitNanos(means.settings().get().waitNanos());
        long wait = first == 0 ? 0 : backoff.after(first, ranNanos, !problem.isEmpty());
        if (first == 0) {
            rests = trouble + "; it is not started again, as its wait is 0";
        }
        waits = wait > 0;
        startAt = means.ticker().nanos() + wait;
        if (!problem.isEmpty()) {
            means.journal().failed(wish.entry().name(), stream, problem, wait, means.ticker().nanos());
        }
    }

    /** An operator ends it. @return false when that is none of this job's */
    boolean stopByHand(String id) {
        Output running = run.output();
        if (run.idle() || run.guest() || running == null || !running.id().equals(id)) {
            return false;
        }
        rests = "stopped by hand; it starts again when its rule turns on the next time or its stream comes again";
        run.stop("stopped by the operator");
        return true;
    }

    /** @param reason why its push ends, or "" when it goes on without this engine */
    void end(String reason) {
        over = true;
        timer.run();
        wish.close();
        run.leave(reason);
    }

    PushState report() {
        boolean on = wish.on();
        long next = waits && on ? means.clock().now().toEpochMilli() + Math.max(0, TimeUnit.NANOSECONDS.toMillis(startAt - means.ticker().nanos())) : 0;
        String more = !on ? "" : rests.isEmpty() ? trouble : rests;
        return new PushState(stream, on, more.isEmpty() ? wish.why() : wish.why() + "; " + more, wish.reason(), run.output(), next, run.starts());
    }
}

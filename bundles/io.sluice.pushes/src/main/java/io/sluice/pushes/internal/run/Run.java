package io.sluice.pushes.internal.run;

import io.sluice.api.push.Output;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.Outputs;
import io.sluice.pushes.internal.Shown;
import io.sluice.pushes.internal.time.Ticker;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** One push of the core's at a time, from its start to its end, for one entry and stream. On the engine's thread, but for {@link #output} and {@link #starts}. */
final class Run {
    private final Ticker ticker;
    private final Outputs outputs;
    private final Listener listener;
    private Phase phase = Phase.IDLE;
    private boolean own = true;
    private String stopWhenThere = "";
    private Object attempt;
    /** Id of the push, "" until it is known. */
    private String id = "";
    private long sinceNanos;
    private volatile Output output;
    private volatile long starts;

    private enum Phase { IDLE, STARTING, RUNNING, STOPPING }

    /** Who wants the push. */
    interface Listener {
        /** It runs, or is about to end. */
        void changed();

        /** It is over. @param problem "" where it ended in order @param ranNanos how long it ran @param stopped because we stopped it */
        void ended(String problem, long ranNanos, boolean stopped);
    }

    Run(Ticker ticker, Outputs outputs, Listener listener) {
        this.ticker = ticker;
        this.outputs = outputs;
        this.listener = listener;
    }

    /** The push that runs, or the last one; null when there was none. */
    Output output() {
        return output;
    }

    long starts() {
        return starts;
    }

    boolean idle() {
        return phase == Phase.IDLE;
    }

    /** It is somebody else's: the same push was running already. */
    boolean guest() {
        return phase != Phase.IDLE && !own;
    }

    /** Takes up a push that runs. @param nowMillis Unix epoch @return since when it runs */
    long adopt(Output running, long nowMillis) {
        output = running;
        id = running.id();
        own = true;
        phase = running.state() == Output.State.STOPPING ? Phase.STOPPING : Phase.RUNNING;
        sinceNanos = ticker.nanos() - TimeUnit.MILLISECONDS.toNanos(Math.max(0, nowMillis - running.sinceMillis()));
        return sinceNanos;
    }

    void start(OutputRequest request) {
        phase = Phase.STARTING;
        own = true;
        id = "";
        stopWhenThere = "";
        starts++;
        Object mine = new Object();
        attempt = mine;
        try {
            outputs.start(request).whenComplete((started, e) -> ticker.execute(() -> started(mine, request, started, e)));
        } catch (RuntimeException e) {
            started(mine, request, null, e);
        }
    }

    private void started(Object which, OutputRequest request, Output started, Throwable e) {
        boolean ours = started != null && started.entry().equals(request.entry());
        if (attempt != which) {
            if (ours && !stopWhenThere.isEmpty() && !id.equals(started.id())) {
                outputs.stop(started.id(), stopWhenThere);
            }
            return;
        }
        attempt = null;
        if (e != null) {
            over(words(e), 0);
        } else if (phase == Phase.STARTING) {
            output = started;
            id = started.id();
            own = ours;
            sinceNanos = ticker.nanos();
            phase = Phase.RUNNING;
            if (!stopWhenThere.isEmpty()) {
                stop(stopWhenThere);
            }
            listener.changed();
        }
    }

    private static String words(Throwable e) {
        Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
        return Shown.text(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    /** The core tells of a push of this entry and stream, or of another. */
    void told(Output told, boolean ofThisEntry) {
        boolean ended = told.state() == Output.State.ENDED;
        boolean begins = phase == Phase.STARTING && id.isEmpty() && ofThisEntry && !ended;
        if (!begins && (phase == Phase.IDLE || !id.equals(told.id()))) {
            return;
        }
        id = told.id();
        output = told;
        if (ended) {
            attempt = null;
            over(told.failed() ? told.reason().isEmpty() ? "it failed" : told.reason() : "", phase == Phase.STARTING ? 0 : ticker.nanos() - sinceNanos);
        } else {
            if (!stopWhenThere.isEmpty()) {
                stop(stopWhenThere);
            }
            listener.changed();
        }
    }

    private void over(String problem, long ranNanos) {
        boolean stopped = phase == Phase.STOPPING || !stopWhenThere.isEmpty();
        phase = Phase.IDLE;
        listener.ended(problem, ranNanos, stopped);
    }

    /** Ends it; at once where its id is known, else as soon as it is. Nothing where nothing runs. */
    void stop(String reason) {
        if (phase == Phase.RUNNING && !own) {
            phase = Phase.IDLE;
            output = null;
        } else if (phase == Phase.RUNNING || phase == Phase.STARTING && !id.isEmpty()) {
            stopWhenThere = "";
            phase = outputs.stop(id, reason) ? Phase.STOPPING : Phase.IDLE;
        } else if (phase == Phase.STARTING) {
            stopWhenThere = reason;
        }
    }

    /** Nobody listens any more. @param reason why it ends, or "" when it goes on without this */
    void leave(String reason) {
        if (!reason.isEmpty()) {
            stop(reason);
            attempt = null;
        }
        phase = Phase.IDLE;
    }
}

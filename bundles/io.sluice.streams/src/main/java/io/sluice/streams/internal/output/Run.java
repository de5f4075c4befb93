package io.sluice.streams.internal.output;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.push.Output;
import io.sluice.api.push.Output.State;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.api.push.Recording;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.stream.Denied;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.InTurn;
import io.sluice.streams.internal.visit.CountedVisit;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One push from its start to its end. On its loop, but for what says otherwise. */
final class Run {
    private static final Logger LOG = LoggerFactory.getLogger(Run.class);
    /** A target that tells nothing for so long after it was asked to finish is given up; one that still writes has as long as it takes. */
    static final long FINISH_NANOS = 10_000_000_000L;
    /** Who starts a push waits so long for the target's yes; it may come later. */
    static final long YES_NANOS = 10_000_000_000L;

    private final String id;
    private final OutputRequest request;
    private final Means means;
    private final Pushes pushes;
    private final ScheduledExecutorService loop;
    private final InTurn blocking;
    private final Progress progress;
    private final long sinceMillis;
    private final CompletableFuture<Output> opened = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private volatile State state = State.STARTING;
    private volatile Destination destination;
    private volatile String shown = "";
    private volatile String reason = "";
    private volatile boolean failed;
    private volatile long endedMillis;
    private volatile Attachment target;
    private volatile PacedReader reader;
    private CountedVisit visit;
    private StreamDoor.Entered seat;
    private long openedNanos;
    private long stoppedNanos;

    Run(String id, OutputRequest request, Means means, Pushes pushes, PushThreads threads) {
        this.id = id;
        this.request = request;
        this.means = means;
        this.pushes = pushes;
        loop = means.loops().next();
        blocking = new InTurn(threads);
        progress = new Progress(this, means.clock());
        sinceMillis = means.clock().millis();
    }

    // ---- facts, from any thread

    String id() {
        return id;
    }

    String stream() {
        return request.stream();
    }

    /** Completes with the target's yes, or when that is long in coming; exceptionally where it cannot be. */
    CompletableFuture<Output> opened() {
        return opened;
    }

    CompletableFuture<Void> over() {
        return over;
    }

    /** It is about to leave its place, or has just done so. */
    boolean isLeaving() {
        return state == State.STOPPING || state == State.ENDED;
    }

    /** The version of the plugin that it runs on, or null. */
    Plugin<PushTarget> plugin() {
        Attachment now = target;
        return now == null ? null : now.plugin();
    }

    Output report() {
        PacedReader r = reader;
        List<String> tracks = r == null ? List.of() : r.tracks().list().stream().map(Object::toString).toList();
        return new Output(id, request.entry(), request.stream(), Shown.of(request.target()), shown, state, reason, failed, sinceMillis, endedMillis, progress.mediaMillis(), tracks,
            progress.bytes(), progress.packets(), progress.lost(), progress.retransmitted(), progress.frames(), progress.skipped(), progress.notes().lines());
    }

    void execute(Runnable task) {
        loop.execute(task);
    }

    ScheduledExecutorService loop() {
        return loop;
    }

    // ---- the beginning

    /** It has its place among the others: from here on it is listed. */
    void begin(Destination to) {
        destination = to;
        shown = Shown.of(to.expanded());
        pushes.tell(this);
        LOG.info("{}: push {} to {} starts", stream(), id, shown);
        Elected.Use<PushTarget> use = means.targets().use(to.scheme());
        if (use == null) {
            over("no plugin pushes to '" + to.scheme() + ":'");
            return;
        }
        target = new Attachment(use, blocking, loop);
        visit = means.visits().open(new ConnectionFacts(ConnectionKind.OUTPUT, stream(), InetAddress.getLoopbackAddress(), to.scheme(), 0, shown, "", Map.of(), Map.of()), loop);
        visit.add(this::stop);
        means.door().enter(stream(), yes -> execute(() -> entered(yes)), no -> execute(() -> refused(no)));
    }

    /** It does not come to be. */
    void refused(Throwable why) {
        opened.completeExceptionally(why instanceof Denied || why instanceof IllegalArgumentException ? why : new IllegalArgumentException(words(why)));
        over(words(why));
    }

    private static String words(Throwable e) {
        return e.getMessage() == null || e instanceof LinkageError ? e.toString() : e.getMessage();
    }

    private void entered(StreamDoor.Entered in) {
        if (state != State.STARTING) {
            in.leave(visit);
            return;
        }
        seat = in;
        try {
            destination.check(in, means.clock().millis());
            reader = new PacedReader(stream(), in, loop, means.clock(), destination.wishes(), progress, this::broken);
            target.open(new PushRequest(id, destination.wishes().rest(), reader, loop, blocking, progress,
                (part, context) -> means.expander().expand(part, destination.context(context)), in::info), this::opened);
        } catch (IllegalArgumentException e) {
            refused(e);
        } catch (RejectedExecutionException e) {
            refused(new Denied(Denied.Reason.LIMIT, "no thread is left for another push"));
        }
    }

    /** The target has answered. */
    private void opened(IllegalArgumentException no) {
        openedNanos = means.clock().nanos();
        if (no != null) {
            refused(no);
        } else if (isLeaving()) {
            target.shut(this::ended);
        }
    }

    // ---- what the target tells, from any thread

    void running(String where) {
        execute(() -> {
            if (!where.isEmpty() && state != State.ENDED) {
                shown = destination.scheme().equals(Address.FILE) ? where : Shown.of(where);
            }
            if (state == State.STARTING) {
                state = State.RUNNING;
                progress.remark("runs to " + shown);
                pushes.tell(this);
                LOG.info("{}: push {} runs to {}", stream(), id, shown);
                opened.complete(report());
            }
        });
    }

    void recorded(Recording recording) {
        means.events().recorded(stream(), recording);
    }

    void ended(String problem) {
        execute(() -> over(problem));
    }

    /** The target fails at reading. */
    private void broken(Throwable e) {
        LOG.warn("{}: {} failed to take what is there", stream(), plugin().bundle(), e);
        over("the plugin failed: " + words(e));
    }

    // ---- the end

    /** Ends it in order. From any thread. */
    void stop(String why) {
        execute(() -> {
            if (state == State.ENDED || state == State.STOPPING) {
                return;
            }
            reason = why;
            stoppedNanos = means.clock().nanos();
            state = State.STOPPING;
            progress.remark("is to end: " + why);
            if (target == null || !target.isTaken()) {
                over("");
                return;
            }
            pushes.tell(this);
            reader.finish(why);
            target.shut(this::ended);
        });
    }

    /** Several times a second: what depends on time. From any thread. */
    void tick() {
        execute(() -> {
            if (state == State.ENDED) {
                return;
            }
            long now = means.clock().nanos();
            if (visit != null) {
                progress.tell(visit);
                progress.remarkSkipped();
            }
            if (reader != null && state != State.STOPPING) {
                reader.tick();
            }
            if (openedNanos != 0 && now - openedNanos >= YES_NANOS && !opened.isDone()) {
                opened.complete(report());
            }
            if (state == State.STOPPING && now - Math.max(stoppedNanos, progress.signNanos()) >= FINISH_NANOS) {
                cut("it has not finished within " + FINISH_NANOS / 1_000_000_000L + " s");
            }
        });
    }

    /** Takes everything away now. From any thread. */
    void giveUp(String problem) {
        execute(() -> cut(problem));
    }

    private void cut(String problem) {
        if (reader != null) {
            reader.cut(problem);
        }
        over(problem);
    }

    /** The first call counts. */
    private void over(String problem) {
        if (state == State.ENDED) {
            return;
        }
        failed = !problem.isEmpty();
        reason = failed ? problem : !reason.isEmpty() ? reason : reader == null ? "" : reader.endReason();
        endedMillis = means.clock().millis();
        progress.remark((failed ? "failed: " : "has ended: ") + reason);
        state = State.ENDED;
        if (reader != null) {
            reader.close();
        }
        if (visit != null) {
            progress.tell(visit);
            means.visits().close(visit);
        }
        if (seat != null) {
            seat.leave(visit);
        }
        if (target != null) {
            target.leave();
        }
        pushes.over(this);
        if (failed) {
            opened.completeExceptionally(new IllegalArgumentException(problem));
        } else {
            opened.complete(report());
        }
        over.complete(null);
    }

    /** What triggers are told at the end. */
    void tellEnd() {
        LOG.info("{}: push {} to {} {}: {}; {} bytes, {} ms of media", stream(), id, shown, failed ? "failed" : "ended", reason, progress.bytes(), progress.mediaMillis());
        means.events().end(id, stream(), Shown.of(request.target()), shown, Json.logs(progress.notes().list()),
            Json.status(progress, reader == null ? List.of() : reader.tracks().list(), endedMillis - sinceMillis));
    }
}

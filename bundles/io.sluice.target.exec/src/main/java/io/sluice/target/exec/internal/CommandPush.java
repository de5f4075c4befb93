package io.sluice.target.exec.internal;

import io.sluice.api.media.Frame;
import io.sluice.api.push.PushRequest;
import io.sluice.api.stream.ReadFrom;
import io.sluice.format.delivery.TimeOut;
import io.sluice.format.process.FedProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The loop's side of one push: takes frames by reference and hands them to a thread that may block, one batch at a time. While the command reads nothing, frames stay in the stream's own window, and what leaves
 * that is skipped and counted by the core. All but {@link #close} and {@link #kill} on the push's loop.
 */
final class CommandPush implements AutoCloseable {
    /** A picture's length: sound and picture go together. */
    private static final long BATCH_MILLIS = 40;
    private static final int BATCH_FRAMES = 500;
    private static final int BATCH_BYTES = 1 << 20;
    private static final long LOOK_MILLIS = 500;

    private final PushRequest request;
    private final Command command;
    private final CommandFeed feed;
    private final Consumer<CommandPush> over;
    private FedProcess watched;
    private boolean scheduled;
    private boolean working;
    private boolean finishing;
    private boolean waiting;
    private boolean ended;
    private String killing;

    /** @param over told when it has ended */
    CommandPush(PushRequest request, Command command, CommandFeed feed, Consumer<CommandPush> over) {
        this.request = request;
        this.command = command;
        this.feed = feed;
        this.over = over;
    }

    void start() {
        request.loop().execute(() -> {
            request.reader().onEnd(reason -> {
                request.progress().note(reason);
                finishing = true;
                pull();
            });
            request.reader().frames(ReadFrom.LIVE, this::readable);
            look();
            pull();
        });
    }

    private void readable() {
        if (!scheduled && !working && !ended) {
            scheduled = true;
            request.loop().schedule(() -> {
                scheduled = false;
                pull();
            }, BATCH_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void pull() {
        if (working || ended) {
            return;
        }
        List<Frame> batch = take();
        if (!batch.isEmpty()) {
            work(() -> feed.write(batch), batch);
        } else if (finishing || request.reader().ended()) {
            waiting = true;
            work(feed::finish, batch);
        }
    }

    private List<Frame> take() {
        List<Frame> batch = new ArrayList<>();
        int bytes = 0;
        while (batch.size() < BATCH_FRAMES && bytes < BATCH_BYTES) {
            Frame frame = request.reader().nextFrame();
            if (frame == null) {
                break;
            }
            batch.add(frame);
            bytes += frame.payload().readableBytes();
        }
        return batch;
    }

    private interface Step {
        void run() throws IOException;
    }

    private void work(Step step, List<Frame> batch) {
        working = true;
        feed.stamp();
        try {
            request.blocking().execute(() -> {
                IOException failed = null;
                try {
                    step.run();
                } catch (IOException e) {
                    failed = e;
                } catch (RuntimeException | LinkageError e) {
                    failed = new IOException(e.toString(), e);
                } finally {
                    batch.forEach(f -> f.payload().release());
                }
                IOException why = failed;
                request.loop().execute(() -> done(why));
            });
        } catch (RejectedExecutionException e) {
            batch.forEach(f -> f.payload().release());
            end("the threads for pushes take no more tasks");
        }
    }

    private void done(IOException failed) {
        working = false;
        if (ended) {
            return;
        }
        if (failed instanceof CommandEnded) {
            itEnded();
        } else if (failed != null) {
            end(failed.getMessage());
        } else if (waiting) {
            end("");
        } else {
            watch();
            pull();
        }
    }

    /** By itself: its exit is waited for, no longer than its time-out. */
    private void itEnded() {
        request.progress().note(command.program() + " takes no more");
        waiting = true;
        work(feed::finish, List.of());
    }

    /** A command that ends while nothing is written is noticed, too. */
    private void watch() {
        FedProcess now = feed.process();
        if (now != watched) {
            watched = now;
            whenGone(now);
        }
    }

    private void whenGone(FedProcess process) {
        if (process != null) {
            process.exit().thenAccept(code -> request.loop().execute(() -> gone(process)));
        }
    }

    private void gone(FedProcess process) {
        if (ended || process != feed.process()) {
            return;
        }
        if (!working) {
            itEnded();
        } else if (killing != null) {
            end(killing); // whoever holds its pipe now may never let go of it
        }
    }

    /** A command that takes nothing is given up; while it only takes its time at the end, the core is told that somebody is there. */
    private void look() {
        if (ended) {
            return;
        }
        if (working && System.nanoTime() - feed.stampNanos() >= TimeUnit.MILLISECONDS.toNanos(command.timeoutMillis())) {
            give(command.program() + (waiting ? " has not ended within " + TimeOut.words(command.timeoutMillis()) + " of the end of its input"
                : " took nothing for " + TimeOut.words(command.timeoutMillis())) + " and was killed");
        } else if (waiting) {
            request.progress().out(0);
        }
        request.loop().schedule(this::look, Math.min(LOOK_MILLIS, command.timeoutMillis()), TimeUnit.MILLISECONDS);
    }

    private void give(String why) {
        if (killing == null) {
            killing = why;
            feed.kill();
            whenGone(feed.process());
        }
    }

    /** All that had come goes to the command, then its input ends. */
    @Override
    public void close() {
        request.loop().execute(() -> {
            finishing = true;
            pull();
        });
    }

    /** At once: the bundle goes. */
    void kill() {
        feed.kill();
        request.loop().execute(() -> {
            give("the bundle " + ExecTargets.PID + " stopped");
            if (!working) {
                end(killing);
            }
        });
    }

    private void end(String problem) {
        if (ended) {
            return;
        }
        ended = true;
        feed.kill();
        over.accept(this);
        request.progress().ended(killing != null ? killing : problem);
    }
}

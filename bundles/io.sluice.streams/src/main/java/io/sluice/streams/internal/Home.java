package io.sluice.streams.internal;

import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a stream: an event loop, that of its publisher while there is one. It can move to another loop; what was posted to the old one and
 * comes late is sent after it, so nothing of a stream ever runs on two threads at once. {@link #execute} from any thread.
 */
final class Home implements Executor {
    private static final Logger LOG = LoggerFactory.getLogger(Home.class);

    private volatile Executor loop;

    Home(Executor first) {
        loop = first;
    }

    @Override
    public void execute(Runnable task) {
        Executor target = loop;
        target.execute(() -> arrive(target, task));
    }

    /** Lets go here and runs the task there. Called at home, as the last thing that a task does. */
    void move(Executor next, Runnable arrived) {
        loop = next;
        execute(arrived);
    }

    /** What goes wrong here is the stream's fault, never that of the connection whose loop this is. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | LinkageError e) {
            LOG.error("a task of a stream failed; the stream goes on", e);
        }
    }

    private void arrive(Executor here, Runnable task) {
        if (here == loop) {
            run(task);
        } else {
            execute(task);
        }
    }
}

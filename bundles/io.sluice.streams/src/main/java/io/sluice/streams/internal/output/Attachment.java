package io.sluice.streams.internal.output;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.streams.internal.Elected;
import io.sluice.streams.internal.InTurn;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target of one push: its plugin, which stays until the last task of this push has run, and what it answered. On the push's loop; what the plugin does at the beginning and at
 * the end is done by a thread of the pushes'.
 */
final class Attachment {
    private static final Logger LOG = LoggerFactory.getLogger(Attachment.class);

    private final Elected.Use<PushTarget> use;
    private final InTurn blocking;
    private final Executor loop;
    private AutoCloseable handle;
    private boolean opening;
    private boolean leaving;
    private boolean left;

    Attachment(Elected.Use<PushTarget> use, InTurn blocking, Executor loop) {
        this.use = use;
        this.blocking = blocking;
        this.loop = loop;
    }

    Plugin<PushTarget> plugin() {
        return use.plugin();
    }

    /** The target has the push, or is about to. */
    boolean isTaken() {
        return opening || handle != null;
    }

    /**
     * @param answered told on the loop: null, or why it cannot be
     * @throws RejectedExecutionException when no thread is left
     */
    void open(PushRequest request, Consumer<IllegalArgumentException> answered) {
        opening = true;
        blocking.execute(() -> {
            try {
                AutoCloseable h = use.service().open(request);
                loop.execute(() -> opened(h, null, answered));
            } catch (IllegalArgumentException e) {
                loop.execute(() -> opened(null, e, answered));
            } catch (RuntimeException | LinkageError e) {
                LOG.warn("{} failed at the beginning of push {}", plugin().bundle(), request.id(), e);
                loop.execute(() -> opened(null, new IllegalArgumentException("the plugin failed: " + e), answered));
            }
        });
    }

    private void opened(AutoCloseable h, IllegalArgumentException no, Consumer<IllegalArgumentException> answered) {
        handle = h;
        opening = false;
        boolean late = left;
        answered.accept(no);
        if (late) {
            shut(e -> { });
            letGo();
        }
    }

    /** Asks the target to finish, once it has answered. @param failed told, on any thread, what went wrong */
    void shut(Consumer<String> failed) {
        AutoCloseable h = handle;
        if (h == null || leaving) {
            return;
        }
        leaving = true;
        try {
            blocking.execute(() -> {
                try {
                    h.close();
                } catch (Exception | LinkageError e) {
                    LOG.warn("{} failed at the end of a push", plugin().bundle(), e);
                    failed.accept("the plugin failed at the end: " + e);
                }
            });
        } catch (RejectedExecutionException e) {
            failed.accept("the server stopped before it was finished");
        }
    }

    /** The push is over: the plugin may go once its last task has run. */
    void leave() {
        if (!left) {
            left = true;
            if (!opening) {
                letGo();
            }
        }
    }

    private void letGo() {
        try {
            blocking.execute(use::close);
        } catch (RejectedExecutionException e) {
            use.close();
        }
    }
}

package io.sluice.sessions.internal.ask;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.Session;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.Triggers;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The elected trigger engine, or none: then nobody is asked and nobody hears. From any thread. */
public final class TriggerDesk implements Plugins.Listener<Triggers> {
    private static final Logger LOG = LoggerFactory.getLogger(TriggerDesk.class);
    private volatile Plugin<Triggers> elected;
    private volatile Runnable changed = () -> {
    };

    /** Told when another one is elected, or none: what was asked is to be asked again. */
    public void onChange(Runnable listener) {
        changed = listener;
    }

    @Override
    public void elected(String name, Plugin<Triggers> before, Plugin<Triggers> now) {
        if (name.equals(Triggers.NAME)) {
            elected = now;
            if (before != null) {
                changed.run();
            }
        }
    }

    boolean wants(String type, String stream) {
        Plugin<Triggers> now = elected;
        try {
            return now != null && now.service().wants(type, stream);
        } catch (RuntimeException e) {
            LOG.warn("the triggers did not say whether {} is wanted, so it is not asked: {}", type, e.toString());
            return false;
        }
    }

    /** A failure of the engine itself counts as nobody asked. Cancelling gives the question up. */
    CompletableFuture<TriggerAnswer> ask(TriggerEvent event) {
        Plugin<Triggers> now = elected;
        if (now == null) {
            return CompletableFuture.completedFuture(TriggerAnswer.UNASKED);
        }
        try {
            AutoCloseable use = now.use();
            CompletableFuture<TriggerAnswer> asked = now.service().ask(event).toCompletableFuture();
            CompletableFuture<TriggerAnswer> answer = asked.handle((said, failure) -> {
                close(use);
                return failure == null ? said : unanswered(event, failure);
            });
            answer.whenComplete((said, failure) -> {
                if (answer.isCancelled()) {
                    asked.cancel(false);
                }
            });
            return answer;
        } catch (RuntimeException e) {
            return CompletableFuture.completedFuture(unanswered(event, e));
        }
    }

    private static TriggerAnswer unanswered(TriggerEvent event, Throwable failure) {
        LOG.warn("the triggers failed at {}, so nobody is asked: {}", event.type(), failure.toString());
        return TriggerAnswer.UNASKED;
    }

    /** Tells the end of a viewer's session, where anybody wants to hear. */
    public void tellEnd(Session session) {
        Plugin<Triggers> now = elected;
        TriggerEvent event = now == null ? null : UserEvents.userEnd(session);
        if (event == null || !wants(event.type(), event.stream())) {
            return;
        }
        try (AutoCloseable use = now.use()) {
            now.service().tell(event);
        } catch (Exception e) {
            LOG.warn("the triggers failed at {}: {}", event.type(), e.toString());
        }
    }

    private static void close(AutoCloseable use) {
        try {
            use.close();
        } catch (Exception e) {
            throw new IllegalStateException("letting go of the triggers failed", e);
        }
    }
}

package io.sluice.streams.internal.event;

import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.Triggers;
import io.sluice.streams.internal.Elected;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells and asks the elected engine of triggers; without one, or where it fails, nobody is asked. From any thread; never blocks. */
public final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final CompletableFuture<TriggerAnswer> UNASKED = CompletableFuture.completedFuture(TriggerAnswer.UNASKED);

    private final Elected<Triggers> engine;

    public Events(Elected<Triggers> engine) {
        this.engine = engine;
    }

    /** Somebody is to hear of it. */
    public boolean wants(String type, String stream) {
        Elected.Use<Triggers> use = engine.use(Triggers.NAME);
        if (use == null) {
            return false;
        }
        try {
            Triggers now = here(use);
            return now != null && now.wants(type, stream);
        } catch (RuntimeException | LinkageError e) {
            failed(type, e);
            return false;
        } finally {
            use.close();
        }
    }

    /**
     * Completes at once where nobody is asked, else on any thread; never exceptionally.
     *
     * @param fields name, value, name, value …
     */
    public CompletableFuture<TriggerAnswer> ask(String type, String stream, String... fields) {
        if (!wants(type, stream)) {
            return UNASKED;
        }
        Elected.Use<Triggers> use = engine.use(Triggers.NAME);
        if (use == null) {
            return UNASKED;
        }
        CompletableFuture<TriggerAnswer> asked;
        try {
            Triggers now = here(use);
            asked = now == null ? UNASKED : now.ask(TriggerEvent.of(type, stream, fields)).toCompletableFuture();
        } catch (RuntimeException | LinkageError e) {
            use.close();
            failed(type, e);
            return UNASKED;
        }
        return asked.handle((answer, e) -> {
            use.close();
            if (answer == null) {
                failed(type, e);
            }
            return answer == null ? TriggerAnswer.UNASKED : answer;
        });
    }

    public void tell(String type, String stream, String... fields) {
        Elected.Use<Triggers> use = engine.use(Triggers.NAME);
        if (use == null) {
            return;
        }
        try {
            Triggers now = here(use);
            if (now != null && now.wants(type, stream)) {
                now.tell(TriggerEvent.of(type, stream, fields));
            }
        } catch (RuntimeException | LinkageError e) {
            failed(type, e);
        } finally {
            use.close();
        }
    }

    /** Null when its bundle has stopped since: at the server's end it goes before the streams do, and nobody is asked any more. */
    private static Triggers here(Elected.Use<Triggers> use) {
        try {
            return use.service();
        } catch (IllegalStateException gone) {
            LOG.debug("nobody is asked: {}", gone.getMessage());
            return null;
        }
    }

    private static void failed(String type, Throwable e) {
        LOG.warn("the engine of triggers failed at {}: nobody was asked", type, e);
    }
}

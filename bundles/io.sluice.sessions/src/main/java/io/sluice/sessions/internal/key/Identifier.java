package io.sluice.sessions.internal.key;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Identity;
import io.sluice.api.session.SessionStrategy;
import io.sluice.api.stream.Denied;
import io.sluice.format.session.PlainStrategy;
import io.sluice.sessions.internal.Complaint;
import io.sluice.sessions.internal.Refusal;
import io.sluice.sessions.internal.Settings;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks one version of a strategy under one configuration, with a deadline. A strategy that throws, is late, answers too much or is not there is replaced by plain fields, or by
 * a denial where it decides who gets in.
 * From any thread; the strategy is called on a few threads of this object only.
 */
public final class Identifier implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Identifier.class);
    /** Those that never come back are lost until the strategy is replaced. */
    private static final int THREADS = 4;
    /** What a strategy of 100 µs works off within its deadline of a second. */
    private static final int WAITING = 10_000;
    private static final int COMPLAINT_CHARS = 300;
    private static final String PLAIN = "fields";

    private final Settings settings;
    private final Plugin<SessionStrategy> plugin;
    private final boolean strict;
    private final Runnable recovered;
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
        Thread thread = new Thread(task, "sluice-session-strategy");
        thread.setDaemon(true);
        return thread;
    });
    private final SessionStrategy plain = new PlainStrategy(unknown -> {
    });
    private final Deadline deadline;
    private final Health health = new Health(System::nanoTime);
    private final Complaint faults = new Complaint();
    private volatile boolean closed;

    /**
     * @param plugin    the elected strategy of the configured name, or null
     * @param strict    nobody new gets in without the strategy's answer
     * @param recovered called when it keeps its deadline again after it did not
     */
    public Identifier(Settings settings, Plugin<SessionStrategy> plugin, boolean strict, Runnable recovered) {
        this.settings = settings;
        this.plugin = plugin;
        this.strict = strict;
        this.recovered = recovered;
        this.deadline = new Deadline(settings.strategyMillis());
        threads.allowCoreThreadTimeOut(true);
    }

    /** Of a strategy that nobody has seen yet: any but the plain one may be what keeps strangers out. */
    public static boolean mayDecide(String strategy) {
        return !PLAIN.equals(strategy);
    }

    public Plugin<SessionStrategy> plugin() {
        return plugin;
    }

    public boolean strict() {
        return strict;
    }

    /** Completes within the deadline, exceptionally with {@link Denied} only. */
    public CompletableFuture<Keyed> identify(ConnectionFacts facts, ConnectionKind kind) {
        if (plugin == null) {
            return now(facts, kind);
        }
        if (health.late() && !health.trial()) {
            return now(facts, kind);
        }
        CompletableFuture<Keyed> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(answer, facts, kind));
        } catch (RejectedExecutionException e) {
            late("has more to answer than it can");
            return now(facts, kind);
        }
        if (health.late()) {
            // a trial: nobody waits for it
            deadline.of(answer).whenComplete((keyed, failure) -> judged(failure));
            return now(facts, kind);
        }
        return deadline.of(answer).handle((keyed, failure) -> {
            judged(failure);
            if (failure instanceof Denied denied) {
                throw denied;
            }
            return failure == null ? keyed : instead(facts, kind);
        });
    }

    private CompletableFuture<Keyed> now(ConnectionFacts facts, ConnectionKind kind) {
        try {
            return CompletableFuture.completedFuture(instead(facts, kind));
        } catch (Denied e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void answer(CompletableFuture<Keyed> answer, ConnectionFacts facts, ConnectionKind kind) {
        if (answer.isDone()) {
            return;
        }
        try {
            answer.complete(closed ? instead(facts, kind) : ask(facts, kind));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    private void judged(Throwable failure) {
        if (failure instanceof TimeoutException) {
            late("did not answer within " + settings.strategyMillis() + " ms");
        } else if (health.kept()) {
            LOG.info("session strategy {} ({}) answers in time again", settings.strategy(), plugin.bundle());
            recovered.run();
        }
    }

    private void late(String what) {
        if (health.missed()) {
            LOG.warn("session strategy {} ({}) {}: plain fields are used until it does", settings.strategy(), plugin.bundle(), what);
        }
    }

    /** Calls the strategy on this thread. What it does wrong is answered by plain fields. @throws Denied its own or that of a token that cannot be */
    private Keyed ask(ConnectionFacts facts, ConnectionKind kind) {
        List<String> fields = settings.fields().get(kind);
        try (AutoCloseable use = plugin.use()) {
            return keyed(kind, settings.strategy(), fields, Bounds.check(plugin.service().identify(facts, fields)));
        } catch (Denied e) {
            throw e;
        } catch (Throwable e) {
            faults.say(System.nanoTime(), hidden -> LOG.warn("session strategy {} ({}) failed for {}, plain fields are used{}: {}", settings.strategy(), plugin.bundle(),
                facts, hidden == 0 ? "" : " (and " + hidden + " times more)", brief(e)));
            return instead(facts, kind);
        }
    }

    /** Whatever it says, it is one short line. */
    private static String brief(Throwable e) {
        String text = e.toString();
        return (text.length() > COMPLAINT_CHARS ? text.substring(0, COMPLAINT_CHARS) + "…" : text).replaceAll("\\p{Cntrl}", " ");
    }

    /** Where the strategy has no answer. @throws Denied when nobody gets in without one */
    private Keyed instead(ConnectionFacts facts, ConnectionKind kind) {
        if (strict) {
            throw Refusal.token("the session strategy " + settings.strategy() + " does not answer now");
        }
        return plain(facts, kind);
    }

    private Keyed plain(ConnectionFacts facts, ConnectionKind kind) {
        List<String> fields = settings.fields().get(kind);
        return keyed(kind, PLAIN, fields, Bounds.check(plain.identify(facts, fields)));
    }

    private static Keyed keyed(ConnectionKind kind, String strategy, List<String> fields, Identity identity) {
        if (Bounds.control(identity.token())) {
            throw Refusal.token("the session's token has characters that no token has");
        }
        return new Keyed(SessionId.of(kind, strategy, fields, identity.key()), kind, strategy, identity.token(), identity.parameters(), identity.cookies());
    }

    /** For those who are in already and must stay: a refusal is answered by plain fields. */
    Keyed again(ConnectionFacts facts, ConnectionKind kind) {
        try {
            return plugin == null || health.late() ? plainly(facts, kind) : ask(facts, kind);
        } catch (Denied e) {
            return plainly(facts, kind);
        }
    }

    /** By plain fields, and without the token where it cannot be one. */
    Keyed plainly(ConnectionFacts facts, ConnectionKind kind) {
        List<String> fields = settings.fields().get(kind);
        Identity identity = plain.identify(facts, fields);
        return new Keyed(SessionId.of(kind, PLAIN, fields, identity.key()), kind, PLAIN, Bounds.control(identity.token()) ? "" : identity.token(), Map.of(), List.of());
    }

    /** Where {@link Batch}es run: on a thread that a strategy may block, or on the caller's where there is no strategy. */
    Executor threads() {
        return plugin == null ? Runnable::run : threads;
    }

    /** A batch did not get on. */
    void stuck() {
        late("did not answer within " + settings.strategyMillis() + " ms");
    }

    long deadlineMillis() {
        return settings.strategyMillis();
    }

    /** Nothing is asked any more; who waits gets plain fields. */
    @Override
    public void close() {
        closed = true;
        threads.shutdownNow().forEach(Runnable::run);
    }
}

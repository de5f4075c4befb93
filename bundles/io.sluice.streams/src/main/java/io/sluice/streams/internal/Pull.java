package io.sluice.streams.internal;

import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.source.SourceRequest;
import io.sluice.api.source.StreamSource;
import io.sluice.api.variable.Expansion;
import io.sluice.streams.internal.event.Steps;
import java.net.InetAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pulls the source of a stream while it is needed; tries again after 1, 2, 4 … 30 s when it ends, and at once when another version of the source's plugin is elected. At the
 * stream's home.
 */
final class Pull {
    private static final Logger LOG = LoggerFactory.getLogger(Pull.class);
    private static final int NOT = 0;
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST_PAUSE_NANOS = 30 * SECOND;
    /** A run as long as this was a good one: the next pause is the shortest again. */
    private static final long GOOD_RUN_NANOS = 30 * SECOND;

    private final LiveStream stream;
    private final Core core;
    private Run run;
    private String source;
    private long pauseNanos;
    private long nextNanos;
    private int attempts;
    /** Number of the attempt that is being asked about. */
    private int preparing = NOT;
    private boolean ended;

    Pull(LiveStream stream, Core core) {
        this.stream = stream;
        this.core = core;
        source = stream.config().source();
        nextNanos = core.clock().nanos();
    }

    /** One attempt: from the ask for the publisher's place to the end. */
    private final class Run {
        private final Elected.Use<StreamSource> use;
        private final URI uri;
        private final Ingest ingest;
        private final ScheduledExecutorService loop;
        private final long startedNanos = core.clock().nanos();
        private final AtomicBoolean told = new AtomicBoolean();
        private AutoCloseable handle; // the lock is this run
        private boolean closed;

        private Run(Elected.Use<StreamSource> use, URI uri, ScheduledExecutorService loop) {
            this.use = use;
            this.uri = uri;
            this.loop = loop;
            ingest = new Ingest(core.nextId(), stream, null, loop, core.visits().open(facts(uri), loop), stream.config().sourceShown(), core.clock().millis());
            ingest.visit.add(this::tell);
        }

        /** The source's own address is the source's to know. */
        private ConnectionFacts facts(URI source) {
            return new ConnectionFacts(ConnectionKind.INPUT, stream.name(), InetAddress.getLoopbackAddress(), source.getScheme(), 0, stream.config().sourceShown(), "", Map.of(), Map.of());
        }

        private void start() {
            stream.admit(ingest).whenComplete((ok, no) -> {
                if (no != null) {
                    tell(no.getMessage());
                } else {
                    core.loops().workers().execute(this::pull);
                }
            });
        }

        private void pull() {
            try {
                AutoCloseable h = use.service().pull(new SourceRequest(uri, new PublisherLease(ingest, core.nextId()), loop, core.loops().workers(), this::tell));
                boolean late;
                synchronized (this) {
                    handle = h;
                    late = closed;
                }
                if (late) {
                    shut(h);
                }
            } catch (RuntimeException | LinkageError e) {
                tell(e.getMessage() == null ? e.toString() : e.getMessage());
            }
        }

        /** From any thread, once. */
        private void tell(String error) {
            if (told.compareAndSet(false, true)) {
                stream.home().execute(() -> ended(this, error));
            }
        }

        private void close() {
            loop.execute(() -> {
                core.visits().close(ingest.visit);
                stream.gone(ingest.visit);
            });
            told.set(true);
            AutoCloseable h;
            synchronized (this) {
                closed = true;
                h = handle;
            }
            core.loops().workers().execute(() -> {
                if (h != null) {
                    shut(h);
                }
                use.close();
            });
        }

        private void shut(AutoCloseable h) {
            try {
                h.close();
            } catch (Exception e) {
                LOG.warn("{}: stopping {} failed", stream.name(), ingest.label, e);
            }
        }
    }

    /** A source is configured, and somebody needs it. */
    boolean isNeeded() {
        return stream.config().isPull() && stream.wanted(core.clock().nanos());
    }

    /** Starts it where it should run and does not. */
    void check() {
        if (ended || run != null || preparing > NOT || !isNeeded() || core.clock().nanos() - nextNanos < 0) {
            return;
        }
        preparing = ++attempts;
        int mine = attempts;
        Steps.then(stream.events().load(), stream.home(), yes -> {
            if (!yes) {
                refused(mine);
            } else {
                Steps.then(stream.events().source(source), stream.home(), text -> begin(mine, text), e -> refused(mine));
            }
        }, e -> refused(mine));
    }

    private void refused(int attempt) {
        if (attempt == preparing) {
            preparing = NOT;
            failed("a trigger does not let it load");
            stream.unplayable("a trigger does not let it load");
        }
    }

    private void begin(int attempt, String wanted) {
        if (attempt != preparing || ended) {
            return;
        }
        preparing = NOT;
        Expansion expanded = core.expander().expand(wanted, stream.name(), "");
        if (!expanded.problem().isEmpty()) {
            failed("the variables of the source cannot be expanded: " + expanded.problem());
            return;
        }
        begin(expanded.text());
    }

    private void begin(String text) {
        URI uri;
        try {
            uri = URI.create(text);
        } catch (IllegalArgumentException e) {
            failed("the source is no URI: " + e.getMessage());
            return;
        }
        Elected.Use<StreamSource> use = uri.getScheme() == null ? null : core.sources().use(uri.getScheme());
        if (use == null) {
            failed("no plugin offers sources of the kind '" + uri.getScheme() + ":'");
            return;
        }
        run = new Run(use, uri, core.loops().next());
        run.start();
    }

    private void failed(String why) {
        pauseNanos = Math.min(LONGEST_PAUSE_NANOS, pauseNanos == 0 ? SECOND : pauseNanos * 2);
        nextNanos = core.clock().nanos() + pauseNanos;
        LOG.warn("{}: {}; next try in {} s", stream.name(), why, pauseNanos / SECOND);
        stream.trouble(why + "; next try in " + pauseNanos / SECOND + " s");
    }

    private void ended(Run which, String error) {
        if (which != run) {
            return;
        }
        halt();
        if (core.clock().nanos() - which.startedNanos >= GOOD_RUN_NANOS) {
            pauseNanos = 0;
        }
        boolean media = which.ingest.frames > 0;
        if (error.isEmpty() && media) {
            pauseNanos = 0;
            nextNanos = core.clock().nanos() + SECOND;
            stream.leave(which.ingest, "the source has ended");
        } else {
            String why = error.isEmpty() ? "the source has ended without media" : error;
            failed(why);
            stream.unplayable(why);
            stream.leave(which.ingest, "the source failed: " + error);
        }
    }

    private void halt() {
        Run halted = run;
        run = null;
        halted.close();
    }

    /** Another version of the source's plugin, or none: what runs is stopped and begun anew; viewers keep their place. */
    void elected(String scheme) {
        boolean concerned = run != null ? run.uri.getScheme().equals(scheme) : source.startsWith(scheme + ":") || source.indexOf('$') >= 0;
        if (ended || !concerned) {
            return;
        }
        again("another version of the source's plugin takes over");
    }

    void configured() {
        if (!stream.config().source().equals(source)) {
            source = stream.config().source();
            again("the source was configured anew");
        }
    }

    private void again(String reason) {
        pauseNanos = 0;
        preparing = NOT;
        nextNanos = core.clock().nanos();
        if (run != null) {
            Ingest before = run.ingest;
            halt();
            stream.leave(before, reason);
        }
        check();
    }

    void stop() {
        ended = true;
        if (run != null) {
            halt();
        }
    }
}

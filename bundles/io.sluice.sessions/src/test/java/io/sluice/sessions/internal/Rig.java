package io.sluice.sessions.internal;

import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.SessionStrategy;
import io.sluice.api.stream.Denied;
import io.sluice.api.trigger.Triggers;
import io.sluice.format.session.PlainStrategy;
import io.sluice.sessions.internal.limit.Limit;
import io.sluice.sessions.internal.tell.AccessLog;
import io.sluice.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** An engine over a ledger, with a clock that the test turns. */
final class Rig implements AutoCloseable {
    static final List<String> ALL = List.of("stream", "address", "token", "protocol");
    final Ledger ledger = new Ledger();
    final Elections plugins = new Elections();
    final Asked asked = new Asked();
    final List<Session> ended = new ArrayList<>();
    long now = 1_800_000_000_000L;
    Settings settings = settings("fields", List.of("stream", "address", "token"), "LOG");
    AccessLog accessLog = AccessLog.of("", Path.of("."), 1, 1);
    List<Limit> limits = List.of();
    Engine engine;

    static Settings settings(String strategy, List<String> viewers, String log) {
        return settings(strategy, viewers, log, HttpOnly.VIEWER);
    }

    static Settings settings(String strategy, List<String> viewers, String log, HttpOnly httpOnly) {
        return new Settings(strategy, Map.of(ConnectionKind.VIEWER, viewers, ConnectionKind.INPUT, ALL, ConnectionKind.OUTPUT, ALL, ConnectionKind.UNCLASSIFIED, List.of()), httpOnly,
            15_000, 600_000, 600_000, 300, log, 1 << 20, 3);
    }

    Rig() {
        plugins.elect(SessionStrategy.class, "fields", "io.sluice.session.fields 1.0.0", new PlainStrategy(unknown -> {
        }));
    }

    Rig asking() {
        plugins.elect(Triggers.class, Triggers.NAME, "io.sluice.triggers 1.0.0", asked);
        return this;
    }

    Rig start() {
        engine = new Engine(ledger, plugins, settings, accessLog, limits, () -> now, task -> {
        });
        engine.directory().onEnded(ended::add);
        collate();
        return this;
    }

    Rig restart() {
        engine.close();
        return start();
    }

    void configure(Settings changed) {
        settings = changed;
        engine.configured(settings, accessLog);
    }

    /** Opens a connection and lets it in as the gate does. @throws Denied as the engine says */
    Guest enter(ConnectionFacts facts) {
        Guest guest = ledger.open(facts, now);
        let(guest, engine.enter(guest).toCompletableFuture());
        return guest;
    }

    static void let(Guest guest, CompletableFuture<Admitted> answer) {
        try {
            guest.session = answer.orTimeout(10, TimeUnit.SECONDS).join().session();
            guest.admitted = true;
        } catch (CompletionException e) {
            if (e.getCause() instanceof Denied denied) {
                throw denied;
            }
            throw e;
        }
    }

    Guest viewer(String stream, String address, String protocol, long connection, String token) {
        return enter(Ledger.viewer(stream, address, protocol, connection, token));
    }

    void move(Guest guest, long in, long out) {
        guest.in += in;
        guest.out += out;
        guest.active = now;
    }

    void close(Guest guest) {
        ledger.close(guest, now);
    }

    void pass(int seconds) {
        for (int i = 0; i < seconds; i++) {
            now += 1000;
            collate();
        }
    }

    /** Until everybody has a place. */
    private void collate() {
        engine.collate();
        Await.until("everybody is placed", Duration.ofSeconds(10), () -> {
            if (!engine.placed()) {
                engine.collate();
            }
            return engine.placed();
        });
    }

    List<Session> list() {
        return engine.directory().list(s -> true, 1000);
    }

    List<Session> live() {
        return engine.directory().list(s -> s.state() == Session.State.LIVE, 1000);
    }

    Session only() {
        List<Session> all = live();
        if (all.size() != 1) {
            throw new AssertionError("one live session wanted, there are " + all);
        }
        return all.get(0);
    }

    long bytesOut() {
        return list().stream().mapToLong(Session::bytesOut).sum();
    }

    @Override
    public void close() {
        engine.close();
    }
}

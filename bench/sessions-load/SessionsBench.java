package io.sluice.sessions.internal;

import io.sluice.api.plugin.Plugin;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.session.Admitted;
import io.sluice.api.session.ConnectionFacts;
import io.sluice.api.session.ConnectionKind;
import io.sluice.api.session.Session;
import io.sluice.api.session.SessionStrategy;
import io.sluice.format.session.PlainStrategy;
import io.sluice.sessions.internal.tell.AccessLog;
import io.sluice.streams.internal.media.Clock;
import io.sluice.streams.internal.visit.CountedVisit;
import io.sluice.streams.internal.visit.Ledger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** The engine over the core's own ledger: 50,000 sessions of two connections each, all of which move bytes. Prints rows for docs/benchmarks.md. */
public final class SessionsBench {
    private static final int SESSIONS = 50_000;
    private static final int WARM_UP = 100;
    private static final int PASSES = 100;
    private static final List<String> VIEWERS = List.of("stream", "address", "token");

    private final Turned clock = new Turned();
    private final Ledger ledger = new Ledger(clock);
    private final List<CountedVisit> visits = new ArrayList<>();
    private Engine engine;

    /** The wall clock, which can be set forward. */
    private static final class Turned implements Clock {
        private volatile long ahead;

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long millis() {
            return System.currentTimeMillis() + ahead;
        }
    }

    /** The strategy "fields" is elected, and nothing else. */
    private static final class Elected implements Plugins {
        private record Of<T>(T service, String name, String bundle) implements Plugin<T> {
            @Override
            public Map<String, Object> properties() {
                return Map.of();
            }

            @Override
            public AutoCloseable use() {
                return () -> { };
            }
        }

        @Override
        public <T> AutoCloseable listen(Class<T> type, Listener<T> listener) {
            if (type == SessionStrategy.class) {
                listener.elected("fields", null, new Of<>(type.cast(new PlainStrategy(unknown -> { })), "fields", "io.sluice.session.fields 1"));
            }
            return () -> { };
        }

        @Override
        public List<Info> list() {
            return List.of();
        }

        @Override
        public void elect(String sha256) {
            throw new IllegalArgumentException(sha256);
        }
    }

    public static void main(String[] args) throws Exception {
        new SessionsBench().run();
    }

    private void run() throws Exception {
        row("measure", "value");
        row("---", "--:");
        // twice: the first round warms up the code, and is thrown away
        round(false);
        visits.forEach(ledger::close);
        visits.clear();
        clock.ahead += 700_000;
        engine.close();
        engine = null;
        ledger.closed().forEach(v -> ledger.forget(v, v.bytesIn(), v.bytesOut()));
        ledger.keep(null);
        round(true);
        engine.close();
    }

    private void round(boolean print) throws Exception {
        for (ConnectionFacts f : facts()) {
            visits.add(ledger.open(f, Runnable::run));
        }
        long without = heap();
        engine = engine(VIEWERS);
        long newcomers = newcomersJoin();
        long[] known = knownJoin();
        engine.collate();
        clock.ahead += 31_000; // answers of the strategy are believed for 30 s; what remembers them goes then
        move();
        engine.collate();
        long perSession = (heap() - without) / SESSIONS;
        long[] passes = passes();
        long listed = timed(() -> engine.directory().list(s -> true, 500));
        long regrouped = regroup(List.of("stream"));
        int groups = count();
        regroup(VIEWERS);
        long stopped = timed(engine::close);
        long started = timed(() -> {
            engine = engine(VIEWERS);
            engine.collate();
        });
        if (print) {
            row("connections, sessions", visits.size() + ", " + count());
            row("collation pass, all connections active, of " + PASSES + ": median / 95 % / longest, ms", figures(1e6, passes[PASSES / 2], passes[PASSES * 95 / 100], passes[PASSES - 1]));
            row("heap per session of two connections, after a collection, bytes", perSession);
            row("a known visitor's next connection joins, on the caller's thread: mean / median / 99 %, µs",
                figures(1e3, (long) Arrays.stream(known).average().orElse(0), known[SESSIONS / 2], known[SESSIONS * 99 / 100]));
            row("a newcomer's, by the strategy's thread and back, 1,000 at a time: mean, µs", figures(1e3, newcomers / SESSIONS));
            row("another definition: until " + visits.size() + " connections are in " + groups + " other sessions, ms", figures(1e6, regrouped));
            row("stop: until its state is kept, ms", figures(1e6, stopped));
            row("start: until all sessions are there and counted, ms", figures(1e6, started));
            row("a page of the newest 500 sessions, ms", figures(1e6, listed));
        }
    }

    private static String figures(double unit, long... nanos) {
        return Arrays.stream(nanos).mapToObj(n -> String.format(Locale.ROOT, "%.1f", n / unit)).collect(Collectors.joining(" / "));
    }

    private static long timed(Runnable what) {
        long from = System.nanoTime();
        what.run();
        return System.nanoTime() - from;
    }

    /** The first connection of each session. As many at a time as ask at a time; the strategy's queue holds ten times that. */
    private long newcomersJoin() {
        return timed(() -> {
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                answers.add(enter(visits.get(2 * i)));
                if (i % 1000 == 999) {
                    answers.forEach(CompletableFuture::join);
                    answers.clear();
                }
            }
        });
    }

    /** The second connection of each session. @return nanoseconds, sorted */
    private long[] knownJoin() {
        long[] nanos = new long[SESSIONS];
        for (int i = 0; i < SESSIONS; i++) {
            CountedVisit second = visits.get(2 * i + 1);
            long from = System.nanoTime();
            CompletableFuture<Admitted> answer = engine.enter(second).toCompletableFuture();
            nanos[i] = System.nanoTime() - from;
            if (!answer.isDone()) {
                throw new IllegalStateException("a known visitor had to wait");
            }
            second.admit(answer.join());
        }
        Arrays.sort(nanos);
        return nanos;
    }

    private CompletableFuture<Void> enter(CountedVisit visit) {
        return engine.enter(visit).thenAccept(visit::admit).toCompletableFuture();
    }

    private long[] passes() {
        long[] passes = new long[PASSES];
        for (int i = -WARM_UP; i < PASSES; i++) {
            move();
            clock.ahead += 1000;
            long from = System.nanoTime();
            engine.collate();
            if (i >= 0) {
                passes[i] = System.nanoTime() - from;
            }
        }
        Arrays.sort(passes);
        return passes;
    }

    private long regroup(List<String> fields) {
        long bytes = bytes();
        long from = System.nanoTime();
        engine.configured(settings(fields), log());
        do {
            engine.collate();
        } while (!engine.placed());
        long took = System.nanoTime() - from;
        if (bytes() != bytes) {
            throw new IllegalStateException("bytes were lost: " + bytes + ", then " + bytes());
        }
        return took;
    }

    private long bytes() {
        return engine.directory().list(s -> true, Integer.MAX_VALUE).stream().mapToLong(Session::bytesOut).sum();
    }

    private int count() {
        return engine.directory().list(s -> s.state() == Session.State.LIVE, Integer.MAX_VALUE).size();
    }

    private void move() {
        visits.forEach(v -> {
            v.in(100);
            v.out(300_000);
            v.position(System.nanoTime());
        });
    }

    private Engine engine(List<String> viewers) {
        return new Engine(ledger, new Elected(), settings(viewers), log(), List.of(), clock::millis, task -> { });
    }

    private static AccessLog log() {
        return AccessLog.of("", Path.of("."), 1, 1);
    }

    private static Settings settings(List<String> viewers) {
        List<String> all = List.of("stream", "address", "token", "protocol");
        return new Settings("fields", Map.of(ConnectionKind.VIEWER, viewers, ConnectionKind.INPUT, all, ConnectionKind.OUTPUT, all, ConnectionKind.UNCLASSIFIED, all),
            HttpOnly.VIEWER, 15_000, 600_000, 600_000, 1000, "", 1, 1);
    }

    /** Viewers of 100 streams with a token each; two connections of each differ in number only. */
    private static ConnectionFacts[] facts() throws UnknownHostException {
        ConnectionFacts[] facts = new ConnectionFacts[2 * SESSIONS];
        for (int i = 0; i < facts.length; i++) {
            int viewer = i / 2;
            String stream = "stream" + viewer % 100;
            String token = "t" + Integer.toHexString(viewer * 0x9E3779B1);
            InetAddress address = InetAddress.getByAddress(new byte[] {10, (byte) (viewer >> 16), (byte) (viewer >> 8), (byte) viewer});
            facts[i] = new ConnectionFacts(ConnectionKind.VIEWER, stream, address, "hls", i + 1, "http://host/hls/" + stream + "/index.m3u8?tkn=" + token, "Player/" + viewer % 50,
                Map.of("tkn", token), Map.of());
        }
        return facts;
    }

    private static long heap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static void row(Object name, Object value) {
        System.out.println("| " + name + " | " + value + " |");
    }
}

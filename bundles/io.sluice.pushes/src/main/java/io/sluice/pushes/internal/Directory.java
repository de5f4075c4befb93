package io.sluice.pushes.internal;

import io.sluice.api.push.Output;
import io.sluice.api.push.OutputRequest;
import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushEntry;
import io.sluice.api.push.PushPreview;
import io.sluice.api.push.PushReport;
import io.sluice.api.push.PushState;
import io.sluice.api.push.Pushes;
import io.sluice.pushes.internal.run.Plans;
import io.sluice.pushes.internal.time.Ticker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What pages and commands ask. From any thread. */
final class Directory implements Pushes {
    private static final int MOST_ENDED = 20;
    private static final long ANSWER_SECONDS = 5;
    private static final Duration LONGEST_OUTLOOK = Duration.ofDays(60);
    private final Working.House house;
    private final Outputs outputs;
    private final Plans plans;
    private final Ticker thread;
    private final Preview preview;
    private final Deque<Output> ended = new ArrayDeque<>();

    Directory(Working.House house, Outputs outputs, Plans plans, Ticker thread, Preview preview) {
        this.house = house;
        this.outputs = outputs;
        this.plans = plans;
        this.thread = thread;
        this.preview = preview;
    }

    /** The core tells of a push. */
    void told(Output output) {
        if (output.state() == Output.State.ENDED && output.entry().isEmpty()) {
            synchronized (ended) {
                ended.addLast(output);
                if (ended.size() > MOST_ENDED) {
                    ended.removeFirst();
                }
            }
        }
    }

    @Override
    public List<PushReport> entries() {
        Map<String, Output> running = outputs.list().stream().collect(Collectors.toMap(Output::id, o -> o, (a, b) -> b));
        return plans.entries().stream().map(e -> new PushReport(e.config().withTarget(Shown.text(e.config().target())), preview.problem(e),
            plans.report(e.name()).stream().map(s -> fresh(s, running)).toList())).toList();
    }

    /** With the counters of now. */
    private static PushState fresh(PushState s, Map<String, Output> running) {
        Output now = s.output() == null ? null : running.getOrDefault(s.output().id(), s.output());
        return new PushState(s.stream(), s.on(), s.why(), s.rule(), now, s.nextMillis(), s.starts());
    }

    @Override
    public List<Output> others() {
        List<Output> others = new ArrayList<>(outputs.list().stream().filter(o -> o.entry().isEmpty() || !plans.has(o.entry())).toList());
        synchronized (ended) {
            ended.descendingIterator().forEachRemaining(others::add);
        }
        return others;
    }

    @Override
    public PushEntry entry(String name) {
        try {
            return house.store().read(name, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void save(PushEntry entry) throws IOException {
        Entry read = house.read(entry);
        String hopeless = preview.hopeless(read);
        if (!hopeless.isEmpty()) {
            throw new IllegalArgumentException(hopeless);
        }
        if (!read.until().isAfter(thread.wall())) {
            throw new IllegalArgumentException("it would be deleted at once: it ends (until) at " + entry.until() + ", which has passed");
        }
        house.store().save(entry);
    }

    @Override
    public boolean remove(String name) throws IOException {
        return house.store().delete(name);
    }

    @Override
    public CompletionStage<List<Output>> start(String stream, String target) {
        Entry asked = house.read(new PushEntry("hand", stream, target, ""));
        if (!asked.problem().isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException(asked.problem()));
        }
        List<String> names = asked.pattern() ? plans.covered(asked.stream()) : List.of(asked.stream());
        if (names.isEmpty()) {
            return CompletableFuture.failedFuture(new IllegalArgumentException("no stream " + asked.stream() + "… is there"));
        }
        return any(names.stream().map(name -> outputs.start(new OutputRequest(name, target, "")).toCompletableFuture()).toList());
    }

    private static CompletionStage<List<Output>> any(List<CompletableFuture<Output>> starts) {
        return CompletableFuture.allOf(starts.toArray(CompletableFuture[]::new)).handle((done, e) -> {
            List<Output> begun = starts.stream().filter(s -> !s.isCompletedExceptionally()).map(CompletableFuture::join).toList();
            if (begun.isEmpty()) {
                throw e instanceof CompletionException c ? c : new CompletionException(e);
            }
            return begun;
        });
    }

    @Override
    public boolean stop(String id) {
        return asked(() -> plans.stopByHand(id)) || outputs.stop(id, "stopped by the operator");
    }

    @Override
    public boolean again(String name) {
        return asked(() -> plans.again(name));
    }

    private boolean asked(Supplier<Boolean> question) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        thread.execute(() -> {
            try {
                answer.complete(question.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).handle((yes, e) -> {
            if (e != null) {
                throw new IllegalStateException("the engine of pushes does not answer", e);
            }
            return yes;
        }).join();
    }

    @Override
    public PushPreview preview(PushEntry entry, Instant from, Instant to) {
        Instant most = from.plus(LONGEST_OUTLOOK);
        return preview.of(house.read(entry), from, to.isAfter(most) ? most : to);
    }

    @Override
    public List<String> conditions() {
        return preview.triggers().types();
    }
}

package io.sluice.triggers.internal;

import io.sluice.api.net.Loops;
import io.sluice.api.trigger.TriggerAnswer;
import io.sluice.api.trigger.TriggerCounts;
import io.sluice.api.trigger.TriggerEvent;
import io.sluice.api.trigger.TriggerReply;
import io.sluice.api.trigger.TriggerReport;
import io.sluice.api.trigger.TriggerReports;
import io.sluice.api.trigger.TriggerType;
import io.sluice.api.trigger.Triggers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The engine: who is to hear of an event, and what becomes of their answers. Any thread, event loops included; nothing here waits. */
final class TriggerEngine implements Triggers, TriggerReports {
    /** Types come from our own code and plugins'; should a plugin make them up, the table of counters stops growing. */
    private static final int MAX_TYPES = 500;

    private final TypeTable types = new TypeTable();
    private final Handlers handlers;
    private final Audience audience;
    private final Deadlines deadlines;
    private final Loops loops;
    private final EventIds ids = new EventIds();
    private final Map<String, Counters> byType = new ConcurrentHashMap<>();
    private final Map<String, Trigger.Record> records = new ConcurrentHashMap<>();
    private final Map<String, Lane> lanes = new ConcurrentHashMap<>();
    private volatile Map<String, List<Trigger>> triggers = Map.of();
    private volatile Settings settings;

    TriggerEngine(Loops loops, Handlers handlers, Audience audience, Settings settings) {
        this.loops = loops;
        this.handlers = handlers;
        this.audience = audience;
        this.settings = settings;
        deadlines = new Deadlines(loops);
    }

    void configured(Settings changed) {
        settings = changed;
    }

    /** Calls that are under way go on as they began. */
    synchronized void configured(Collection<TriggerConfig> all) {
        records.keySet().retainAll(all.stream().map(TriggerConfig::id).toList());
        lanes.keySet().retainAll(all.stream().map(TriggerEngine::laneOf).toList());
        triggers = all.stream().sorted(Comparator.comparing(TriggerConfig::id))
            .map(c -> new Trigger(c, lanes.computeIfAbsent(laneOf(c), k -> new Lane(handlers, loops.workers())), records.computeIfAbsent(c.id(), k -> new Trigger.Record())))
            .collect(Collectors.groupingBy(t -> t.config().type()));
    }

    private static String laneOf(TriggerConfig config) {
        return config.handler() + " " + config.target();
    }

    @Override
    public boolean wants(String type, String stream) {
        return audience.listens() || triggers.getOrDefault(type, List.of()).stream().anyMatch(t -> t.config().streams().passes(stream));
    }

    @Override
    public CompletionStage<TriggerAnswer> ask(TriggerEvent event) {
        TriggerType type = types.of(event.type());
        List<Call> asked = put(event, type, type.asks());
        return asked.isEmpty() ? CompletableFuture.completedFuture(TriggerAnswer.UNASKED) : new Question(type, asked).result();
    }

    @Override
    public void tell(TriggerEvent event) {
        put(event, types.of(event.type()), false);
    }

    /** @return the questions among the calls that were made */
    private List<Call> put(TriggerEvent event, TriggerType type, boolean asking) {
        audience.hear(event);
        List<Trigger> all = triggers.getOrDefault(event.type(), List.of());
        if (all.isEmpty()) {
            return List.of();
        }
        Occurrence occurrence = new Occurrence(event, type, ids.next(), System.currentTimeMillis());
        List<Call> questions = new ArrayList<>(all.size());
        for (Trigger trigger : all) {
            if (trigger.config().problem().isEmpty() && trigger.matches(event)) {
                boolean question = asking && trigger.config().blocking();
                Call call = new Call(trigger, occurrence, question, counting(trigger, occurrence, question));
                start(call, occurrence);
                if (question) {
                    questions.add(call);
                }
            }
        }
        return questions;
    }

    private void start(Call call, Occurrence occurrence) {
        deadlines.add(call, occurrence.startNanos(), call.trigger().config().timeoutMillis());
        call.trigger().lane().add(call, settings);
    }

    private Consumer<Call.Answer> counting(Trigger trigger, Occurrence occurrence, boolean question) {
        TriggerType type = occurrence.type();
        Counters own = trigger.counters();
        Counters all = byType.size() < MAX_TYPES ? byType.computeIfAbsent(type.name(), t -> new Counters()) : byType.getOrDefault(type.name(), own);
        own.called(question);
        all.called(question);
        return answer -> {
            long nanos = System.nanoTime() - occurrence.startNanos();
            own.ended(answer, question, type, nanos);
            all.ended(answer, question, type, nanos);
        };
    }

    @Override
    public List<TriggerReport> list() {
        return triggers.values().stream().flatMap(List::stream).sorted(Comparator.comparing(t -> t.config().id())).map(this::report).toList();
    }

    private TriggerReport report(Trigger trigger) {
        TriggerConfig c = trigger.config();
        return new TriggerReport(c.id(), c.type(), c.handler(), c.targetShown(), c.blocking(), c.streams().names(), problem(c), trigger.counters().now(),
            trigger.lastFailure().words(), trigger.lastFailure().atMillis(), trigger.lane().open(), trigger.lane().waiting());
    }

    private String problem(TriggerConfig config) {
        String problem = handlers.problem(config);
        return problem.isEmpty() && !types.knows(config.type()) ? "nothing of the server's fires " + config.type() + "; a plugin may" : problem;
    }

    @Override
    public List<TriggerType> types() {
        return List.copyOf(types.all());
    }

    @Override
    public Map<String, TriggerCounts> counts() {
        Map<String, TriggerCounts> all = new TreeMap<>();
        byType.forEach((type, counters) -> all.put(type, counters.now()));
        return all;
    }

    @Override
    public CompletionStage<TriggerReply> sample(String id, TriggerEvent event) {
        Trigger trigger = triggers.values().stream().flatMap(List::stream).filter(t -> t.config().id().equals(id)).findFirst().orElse(null);
        if (trigger == null) {
            return CompletableFuture.completedFuture(new TriggerReply(null, "there is no trigger " + id, 0));
        }
        TriggerType type = types.of(event.type());
        Occurrence occurrence = new Occurrence(event, type, "sample-" + ids.next(), System.currentTimeMillis());
        Call call = new Call(trigger, occurrence, true, ended -> {
        });
        CompletionStage<TriggerReply> reply = call.answer().thenApply(a -> reply(type, a, System.nanoTime() - occurrence.startNanos()));
        start(call, occurrence);
        return reply;
    }

    private static TriggerReply reply(TriggerType type, Call.Answer answer, long nanos) {
        return answer.end() == Call.End.ANSWERED ? new TriggerReply(answer.text(), Verdict.words(type, answer.text()), nanos)
            : new TriggerReply(null, answer.problem() + "; the default counts: " + Verdict.words(type, answer.text()), nanos);
    }

    /** Questions that are open end as they would have. */
    void close() {
        // their deadlines are looked at for as long as there are any
    }
}

package io.sluice.pushes.internal;

import io.sluice.api.push.Outputs;
import io.sluice.api.push.PushClock;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushPreview;
import io.sluice.api.push.PushSpan;
import io.sluice.api.push.PushTrigger;
import io.sluice.api.variable.Expansion;
import io.sluice.pushes.internal.rule.Outlook;
import io.sluice.pushes.internal.rule.Rule;
import io.sluice.pushes.internal.run.DampedSpans;
import io.sluice.pushes.internal.sense.Triggers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an entry would do. From any thread that may block a little. */
record Preview(Triggers triggers, Outputs outputs, BiFunction<String, Map<String, String>, Expansion> expander, PushClock clock) {
    private static final Logger LOG = LoggerFactory.getLogger(Preview.class);

    /** What is wrong with it, in words, or "": its form, the parameters of its conditions, conditions that nobody offers, its target. */
    String problem(Entry entry) {
        String hopeless = hopeless(entry);
        if (!hopeless.isEmpty()) {
            return hopeless;
        }
        String missing = entry.rule().conditions().map(Rule.Condition::type).filter(t -> !triggers.types().contains(t)).distinct()
            .map(t -> "no installed bundle offers the condition '" + t + "'; there are " + triggers.types()).findFirst().orElse("");
        return missing.isEmpty() ? Shown.text(outputs.problem(entry.config().target())) : missing;
    }

    /** What is wrong whatever bundles come. */
    String hopeless(Entry entry) {
        return !entry.problem().isEmpty() ? entry.problem() : entry.rule().conditions().map(c -> problem(c, entry.stream())).filter(p -> !p.isEmpty()).findFirst().orElse("");
    }

    private String problem(Rule.Condition written, String stream) {
        try {
            String problem = triggers.ask(written.type(), t -> t.problem(condition(written, stream)), "");
            return problem.isEmpty() ? "" : written.type() + ": " + problem;
        } catch (IllegalStateException e) {
            return e.getMessage();
        }
    }

    private PushCondition condition(Rule.Condition written, String stream) {
        return new PushCondition(written.type(), stream, written.parameters(), clock, text -> expander.apply(text, Map.of("stream", stream)));
    }

    PushPreview of(Entry entry, Instant from, Instant to) {
        String stream = entry.pattern() ? entry.stream() + "example" : entry.stream();
        Expansion target = expander.apply(entry.config().target(), Map.of("stream", stream));
        return new PushPreview(problem(entry), Shown.text(target.text()), entry.problem().isEmpty() ? timeline(entry, from, to) : List.of());
    }

    private List<PushPreview.Line> timeline(Entry entry, Instant from, Instant to) {
        Map<Rule.Condition, List<PushSpan>> spans = new IdentityHashMap<>();
        List<PushPreview.Line> lines = new ArrayList<>();
        entry.rule().conditions().forEach(c -> {
            List<PushSpan> known = outlook(c, entry.stream(), from, to);
            spans.put(c, known);
            lines.add(new PushPreview.Line(c.text(), known));
        });
        List<PushSpan> ruled = entry.automatic() ? List.of(new PushSpan(from, to, true, "whenever the stream is there")) : Outlook.of(entry.rule(), spans::get, from, to);
        List<PushSpan> whole = entry.config().enabled() ? DampedSpans.of(ruled, entry.times()) : List.of(new PushSpan(from, to, false, "switched off"));
        lines.add(0, new PushPreview.Line(entry.automatic() ? "on whenever the stream is there" : "on", Outlook.within(whole, entry.from(), entry.until(), from, to)));
        return lines;
    }

    private List<PushSpan> outlook(Rule.Condition written, String stream, Instant from, Instant to) {
        try {
            return triggers.ask(written.type(), (PushTrigger t) -> t.outlook(condition(written, stream), from, to), List.of());
        } catch (IllegalStateException e) {
            LOG.warn("no outlook of {}: {}", written.type(), e.getMessage());
            return List.of();
        }
    }
}

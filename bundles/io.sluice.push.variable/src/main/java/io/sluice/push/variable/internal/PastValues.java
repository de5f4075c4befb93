package io.sluice.push.variable.internal;

import io.sluice.api.push.PushSpan;
import io.sluice.api.variable.Variable;
import io.sluice.api.variable.VariableChange;
import io.sluice.api.variable.Variables;
import io.sluice.format.push.Outlook;
import io.sluice.format.push.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The past of a condition, from a variable's kept changes. What will be is not known. */
final class PastValues {
    /** A history with fewer changes was not cut by their number, so what is before its first change was there for long. */
    private static final int SURELY_WHOLE = 100;

    private PastValues() {
    }

    /** @return nothing where a value names other variables, as their values of then do not stand there */
    static List<PushSpan> of(Variables engine, Comparison comparison, Instant from, Instant to, Instant now) {
        Variable variable = engine.get(comparison.name());
        Instant end = now.isBefore(to) ? now : to;
        if (variable == null || !variable.known() || comparison.value().indexOf('$') >= 0 || variable.value().indexOf('$') >= 0) {
            return List.of();
        }
        List<VariableChange> changes = engine.history(comparison.name(), 0, end.toEpochMilli());
        List<PushSpan> spans = new ArrayList<>();
        if (changes.isEmpty()) {
            add(spans, comparison, variable.value(), later(from, Instant.ofEpochMilli(variable.changedMillis())), end);
            return spans;
        }
        VariableChange first = changes.get(0);
        if (changes.size() < SURELY_WHOLE && !first.before().isEmpty()) {
            add(spans, comparison, first.before(), from, earlier(end, first.atMillis()));
        }
        for (int i = 0; i < changes.size(); i++) {
            Instant until = i + 1 < changes.size() ? earlier(end, changes.get(i + 1).atMillis()) : end;
            add(spans, comparison, changes.get(i).now(), later(from, Instant.ofEpochMilli(changes.get(i).atMillis())), until);
        }
        return spans.size() <= Outlook.MAX_SPANS ? spans : spans.subList(spans.size() - Outlook.MAX_SPANS, spans.size());
    }

    private static void add(List<PushSpan> spans, Comparison comparison, String value, Instant from, Instant to) {
        if (from.isBefore(to)) {
            Phase phase = comparison.judge(value, comparison.value());
            if (phase.known()) {
                spans.add(new PushSpan(from, to, phase.on(), phase.why()));
            }
        }
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private static Instant earlier(Instant one, long millis) {
        Instant other = Instant.ofEpochMilli(millis);
        return one.isBefore(other) ? one : other;
    }
}

package io.sluice.push.variable.internal;

import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.variable.Expansion;
import io.sluice.api.variable.Variable;
import io.sluice.api.variable.Variables;
import io.sluice.format.push.Phase;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** One condition. Compares anew when a variable that it depends on changes, or the time of day where that is one. Any thread. */
final class VariableWatch implements AutoCloseable {
    private final VariableBoard board;
    private final PushCondition condition;
    private final Comparison comparison;
    private final PushSwitch state;
    private final Runnable task = this::look;
    private Set<String> follows = Set.of();
    private Phase last = Phase.unknown("nothing is known of variables: the bundle io.sluice.variables is not running");
    private AutoCloseable timer;
    private long looks;
    private boolean closed;

    VariableWatch(VariableBoard board, PushCondition condition, PushSwitch state) {
        this.board = board;
        this.condition = condition;
        this.state = state;
        comparison = Comparison.of(condition);
        follow(Set.of(comparison.name()));
    }

    /** While the engine of variables is away, what was known last counts: its replacement stops no push. */
    synchronized void look() {
        if (closed) {
            return;
        }
        long mine = ++looks;
        forget(timer);
        timer = null;
        Variables engine = board.engine();
        if (engine != null) {
            follow(References.of("${" + comparison.name() + "}" + comparison.value(), engine::get));
            last = judge(engine);
        }
        last.tell(state);
        Instant next = LocalTimes.next(follows, condition.clock().now());
        if (next != null) {
            AutoCloseable set = condition.clock().at(next, task);
            if (mine == looks) {
                timer = set;
            } else {
                forget(set); // it was called at once, and has asked again
            }
        }
    }

    private Phase judge(Variables engine) {
        Variable variable = engine.get(comparison.name());
        Expansion value = variable != null && variable.known() && variable.value().indexOf('$') < 0 ? new Expansion(variable.value(), "")
            : expand(engine, "${" + comparison.name() + "}");
        if (!value.problem().isEmpty()) {
            String why = variable == null ? "no variable is named " + comparison.name() : !variable.known() ? "$" + comparison.name() + " has no value yet"
                + (variable.error().isEmpty() ? "" : ": " + variable.error()) : value.problem();
            return Phase.unknown(why);
        }
        Expansion other = expand(engine, comparison.value());
        return other.problem().isEmpty() ? comparison.judge(value.text(), other.text()) : Phase.unknown("'value': " + other.problem());
    }

    /** By the engine that told of the change; who else expands may hear of another engine a moment later. What only they know (a stream's source) is theirs to say. */
    private Expansion expand(Variables engine, String template) {
        if (template.indexOf('$') < 0) {
            return new Expansion(template, "");
        }
        Expansion own = engine.expand(template, Map.of("stream", condition.stream()));
        return own.problem().isEmpty() ? own : condition.expander().apply(template);
    }

    private void follow(Set<String> names) {
        if (!names.equals(follows)) {
            board.follow(task, follows, names);
            follows = names;
        }
    }

    private static void forget(AutoCloseable timer) {
        if (timer != null) {
            try {
                timer.close();
            } catch (Exception e) {
                throw new IllegalStateException("a timer cannot be taken away", e);
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        looks++;
        forget(timer);
        timer = null;
        follow(Set.of());
    }
}

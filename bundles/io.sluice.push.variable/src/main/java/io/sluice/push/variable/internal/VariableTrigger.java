package io.sluice.push.variable.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.plugin.Plugins;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSpan;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import io.sluice.api.variable.Variables;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** On while a variable's value is as a condition says; README.md lists the parameters. */
@Component(property = Protocol.NAME + "=variable")
public final class VariableTrigger implements PushTrigger {
    private final VariableBoard board;

    @Activate
    public VariableTrigger(@Reference Plugins plugins) {
        board = new VariableBoard(plugins);
    }

    @Override
    public AutoCloseable watch(PushCondition condition, PushSwitch state) {
        VariableWatch watch = new VariableWatch(board, condition, state);
        watch.look();
        return watch;
    }

    @Override
    public String problem(PushCondition condition) {
        try {
            Comparison.of(condition);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public List<PushSpan> outlook(PushCondition condition, Instant from, Instant to) {
        Variables engine = board.engine();
        return engine == null ? List.of() : PastValues.of(engine, Comparison.of(condition), from, to, condition.clock().now());
    }

    @Deactivate
    void close() {
        board.close();
    }
}

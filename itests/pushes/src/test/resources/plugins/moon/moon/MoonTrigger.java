package moon;

import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSpan;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import java.time.Instant;
import java.util.List;

/** moon(phase=full): on when the phase is full. A condition as somebody else may write it. */
public final class MoonTrigger implements PushTrigger {
    @Override
    public AutoCloseable watch(PushCondition condition, PushSwitch state) {
        state.set(full(condition), "the moon is " + condition.parameters().get("phase"));
        return () -> {
        };
    }

    private static boolean full(PushCondition condition) {
        return "full".equals(condition.parameters().get("phase"));
    }

    @Override
    public String problem(PushCondition condition) {
        return condition.parameters().containsKey("phase") ? "" : "phase is missing";
    }

    @Override
    public List<PushSpan> outlook(PushCondition condition, Instant from, Instant to) {
        Instant middle = from.plusMillis((to.toEpochMilli() - from.toEpochMilli()) / 2);
        return List.of(new PushSpan(from, middle, false, "the moon wanes"), new PushSpan(middle, to, full(condition), "the moon is full"));
    }
}

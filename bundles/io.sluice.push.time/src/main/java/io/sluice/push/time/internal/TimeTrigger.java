package io.sluice.push.time.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSpan;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import io.sluice.format.push.Outlook;
import io.sluice.format.push.ScheduleWatch;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** On from one instant to another, or at hours of days of the week; README.md lists the parameters. */
@Component(property = Protocol.NAME + "=time")
public final class TimeTrigger implements PushTrigger {
    @Override
    public AutoCloseable watch(PushCondition condition, PushSwitch state) {
        ScheduleWatch watch = new ScheduleWatch(TimeRule.of(condition), condition.clock(), state);
        watch.look();
        return watch;
    }

    @Override
    public String problem(PushCondition condition) {
        try {
            TimeRule.of(condition);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public List<PushSpan> outlook(PushCondition condition, Instant from, Instant to) {
        return Outlook.of(TimeRule.of(condition), from, to);
    }
}

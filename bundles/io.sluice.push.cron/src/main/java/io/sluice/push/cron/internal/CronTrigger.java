package io.sluice.push.cron.internal;

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

/** On from each time of a cron expression, for a while; README.md lists the parameters. */
@Component(property = Protocol.NAME + "=cron")
public final class CronTrigger implements PushTrigger {
    @Override
    public AutoCloseable watch(PushCondition condition, PushSwitch state) {
        ScheduleWatch watch = new ScheduleWatch(CronSchedule.of(condition), condition.clock(), state);
        watch.look();
        return watch;
    }

    @Override
    public String problem(PushCondition condition) {
        try {
            CronSchedule.of(condition);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Override
    public List<PushSpan> outlook(PushCondition condition, Instant from, Instant to) {
        return Outlook.of(CronSchedule.of(condition), from, to);
    }
}

package io.sluice.admin.health.internal;

import java.util.function.Supplier;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** WARN when the memory for media is nearly used up: beyond the limit, new viewers and publishers are refused or lose their connection. */
@Component(property = {HealthCheck.NAME + "=Memory for media", HealthCheck.TAGS + "=sluice", HealthCheck.TAGS + "=memory"})
public final class MemoryCheck implements HealthCheck {
    /** A tenth is what a burst of new streams takes before somebody can react. */
    private static final long HIGH_PERCENT = 90;
    private final Supplier<DirectMemory> memory;

    @Activate
    public MemoryCheck() {
        this(DirectMemory::now);
    }

    MemoryCheck(Supplier<DirectMemory> memory) {
        this.memory = memory;
    }

    @Override
    public Result execute() {
        DirectMemory m = memory.get();
        String facts = m.percent() + " % of the direct memory is taken: " + FormattingResultLog.bytesHumanReadable(m.usedBytes()) + " of "
            + FormattingResultLog.bytesHumanReadable(m.limitBytes());
        if (m.percent() > HIGH_PERCENT) {
            return new Result(Result.Status.WARN, facts + "; raise -XX:MaxDirectMemorySize, or lower the streams' buffer windows and ceilings");
        }
        return new Result(Result.Status.OK, facts);
    }
}

package io.sluice.admin.health.internal;

import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import org.apache.felix.hc.api.FormattingResultLog;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** WARN when a stream has a problem: a source that does not start, a publisher without key frames. An offline stream without one is nobody's fault. */
@Component(property = {HealthCheck.NAME + "=Streams", HealthCheck.TAGS + "=sluice", HealthCheck.TAGS + "=streams"})
public final class StreamsCheck implements HealthCheck {
    private final Streams streams;

    @Activate
    public StreamsCheck(@Reference Streams streams) {
        this.streams = streams;
    }

    @Override
    public Result execute() {
        FormattingResultLog log = new FormattingResultLog();
        int well = 0;
        for (StreamInfo s : streams.list()) {
            if (s.problem().isEmpty()) {
                well++;
            } else {
                log.warn("stream {} is {}: {}", s.name(), s.state(), s.problem());
            }
        }
        log.info("{} streams without a problem", well);
        if (streams.open()) {
            log.info("open: anybody may publish without a key");
        }
        return new Result(log);
    }
}

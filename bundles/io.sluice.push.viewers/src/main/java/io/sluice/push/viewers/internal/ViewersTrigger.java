package io.sluice.push.viewers.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import io.sluice.api.stream.StreamInfo;
import io.sluice.api.stream.Streams;
import io.sluice.format.push.StreamBoard;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** On while streams have so many viewers; README.md lists the parameters. */
@Component(property = Protocol.NAME + "=viewers")
public final class ViewersTrigger implements PushTrigger {
    private final StreamBoard streams;

    @Activate
    public ViewersTrigger(@Reference Streams streams) {
        this.streams = new StreamBoard(streams);
    }

    @Override
    public AutoCloseable watch(PushCondition condition, PushSwitch state) {
        Threshold threshold = Threshold.of(condition);
        Gauge gauge = new Gauge(threshold, state);
        return streams.watch(threshold.names(), found -> gauge.count(found.stream().mapToInt(StreamInfo::viewers).sum()));
    }

    @Override
    public String problem(PushCondition condition) {
        try {
            Threshold.of(condition);
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }

    @Deactivate
    void close() {
        streams.close();
    }
}

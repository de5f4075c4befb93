package io.sluice.push.stream.internal;

import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushCondition;
import io.sluice.api.push.PushSwitch;
import io.sluice.api.push.PushTrigger;
import io.sluice.api.stream.Streams;
import io.sluice.format.push.StreamBoard;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** On while a stream is there; README.md lists the parameters. */
@Component(property = Protocol.NAME + "=stream")
public final class StreamTrigger implements PushTrigger {
    private final StreamBoard streams;

    @Activate
    public StreamTrigger(@Reference Streams streams) {
        this.streams = new StreamBoard(streams);
    }

    @Override
    public AutoCloseable watch(PushCondition condition, PushSwitch state) {
        Presence presence = Presence.of(condition);
        return streams.watch(presence.names(), found -> presence.of(found).tell(state));
    }

    @Override
    public String problem(PushCondition condition) {
        try {
            Presence.of(condition);
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

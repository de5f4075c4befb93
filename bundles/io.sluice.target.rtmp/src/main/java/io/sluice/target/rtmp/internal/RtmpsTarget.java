package io.sluice.target.rtmp.internal;

import io.sluice.api.net.Dialer;
import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The same over TLS: {@code rtmps://host[:443]/app/stream}. */
@Component(property = {Protocol.NAME + "=rtmps", "sluice.parameters=appsegments"})
public final class RtmpsTarget implements PushTarget {
    private final Dialer dialer;

    @Activate
    public RtmpsTarget(@Reference Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        return RtmpTarget.push(request, dialer);
    }

    @Override
    public String problem(PushAddress address) {
        return RtmpTarget.fault(address);
    }
}

package io.sluice.target.rtmp.internal;

import io.sluice.api.net.Dialer;
import io.sluice.api.net.Protocol;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pushes to RTMP servers: {@code rtmp://[user:password@]host[:1935]/app/stream}. */
@Component(property = {Protocol.NAME + "=rtmp", "sluice.parameters=appsegments"})
public final class RtmpTarget implements PushTarget {
    private final Dialer dialer;

    @Activate
    public RtmpTarget(@Reference Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        return push(request, dialer);
    }

    @Override
    public String problem(PushAddress address) {
        return fault(address);
    }

    static AutoCloseable push(PushRequest request, Dialer dialer) {
        String fault = fault(request.address());
        if (!fault.isEmpty()) {
            throw new IllegalArgumentException(fault);
        }
        Options options = Options.of(request.address().parameters());
        RtmpUrl url = RtmpUrl.parse(request.address().target(), options.appSegments()).expand(request::expand);
        RtmpPush push = new RtmpPush(request, dialer, url, options);
        push.start();
        return push;
    }

    static String fault(PushAddress address) {
        try {
            RtmpUrl.parse(address.target(), Options.of(address.parameters()).appSegments());
            return "";
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
    }
}

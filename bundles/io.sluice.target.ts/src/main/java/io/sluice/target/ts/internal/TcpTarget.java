package io.sluice.target.ts.internal;

import io.sluice.api.net.Dialer;
import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Pushes MPEG-TS over a plain connection: {@code tstcp://host:9000}. */
@Component(property = "sluice.name=tstcp")
public final class TcpTarget implements PushTarget {
    private final Dialer dialer;

    @Activate
    public TcpTarget(@Reference Dialer dialer) {
        this.dialer = dialer;
    }

    @Override
    public String problem(PushAddress address) {
        return TsAddress.problem(address);
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        TsAddress address = UdpTarget.expanded(request);
        address.portNumber();
        TcpPush push = new TcpPush(request, dialer, address);
        push.start();
        return push;
    }
}

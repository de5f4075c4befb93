package io.sluice.target.ts.internal;

import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.format.outbound.OutboundPolicy;
import java.security.SecureRandom;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;

/** Pushes MPEG-TS in RTP, with packets to repair others by where that is wanted: {@code tsrtp://192.0.2.7:5000?fec=prompeg}. */
@Component(configurationPid = UdpTarget.PID, property = "sluice.name=tsrtp")
public final class RtpTarget implements PushTarget {
    private volatile OutboundPolicy policy;

    @Activate
    public RtpTarget(UdpConfig config) {
        modified(config);
    }

    @Modified
    void modified(UdpConfig config) {
        policy = UdpTarget.policy(config);
    }

    @Override
    public String problem(PushAddress address) {
        return TsAddress.problem(address);
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        return UdpTarget.open(request, policy,
            (channel, to, a) -> new RtpOutlet(channel, to, a.fec() == null ? null : new ProMpegFec(a.fec(), a.datagramBytes()), new SecureRandom()));
    }
}

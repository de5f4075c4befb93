package io.sluice.target.ts.internal;

import io.sluice.api.push.PushAddress;
import io.sluice.api.push.PushRequest;
import io.sluice.api.push.PushTarget;
import io.sluice.format.outbound.OutboundDenied;
import io.sluice.format.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.metatype.annotations.Designate;

/** Pushes MPEG-TS in datagrams: {@code tsudp://239.1.1.1:5000?ttl=4}. */
@Component(configurationPid = UdpTarget.PID, property = "sluice.name=tsudp")
@Designate(ocd = UdpConfig.class)
public final class UdpTarget implements PushTarget {
    static final String PID = "io.sluice.target.ts";

    private volatile OutboundPolicy policy;

    @Activate
    public UdpTarget(UdpConfig config) {
        modified(config);
    }

    @Modified
    void modified(UdpConfig config) {
        policy = policy(config);
    }

    static OutboundPolicy policy(UdpConfig config) {
        return new OutboundPolicy(PID, config.allowPrivate(), Arrays.stream(config.allowed()).filter(a -> !a.isBlank()).toList());
    }

    @Override
    public String problem(PushAddress address) {
        return TsAddress.problem(address);
    }

    @Override
    public AutoCloseable open(PushRequest request) {
        return UdpTarget.open(request, policy, (channel, to, address) -> new PlainOutlet(channel, to));
    }

    /** What datagrams look like. */
    interface Outlets {
        Outlet on(DatagramChannel channel, InetSocketAddress to, TsAddress address);
    }

    static AutoCloseable open(PushRequest request, OutboundPolicy policy, Outlets outlets) {
        TsAddress address = expanded(request);
        int port = address.portNumber();
        UdpPush push = new UdpPush(request, address.shown(), () -> {
            InetSocketAddress to = new InetSocketAddress(find(address.host(), policy), port);
            return new Datagrams(outlets.on(UdpSocket.open(to, address.from(), address.ttl()), to, address), address.packets(), UdpPush.TURNS);
        });
        push.start();
        return push;
    }

    static TsAddress expanded(PushRequest request) {
        TsAddress written = TsAddress.of(request.address());
        return written.expanded(request.expand(written.host(), Map.of()), request.expand(written.port(), Map.of()), request.expand(written.from(), Map.of()));
    }

    private static InetAddress find(String host, OutboundPolicy policy) throws IOException {
        try {
            return policy.permitted(host, List.of(InetAddress.getAllByName(host))).get(0);
        } catch (UnknownHostException e) {
            throw new IOException("no address is known of " + host);
        } catch (OutboundDenied e) {
            throw new IOException(e.getMessage());
        }
    }
}

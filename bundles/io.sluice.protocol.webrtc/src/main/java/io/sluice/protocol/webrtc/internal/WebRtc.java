package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.dtls.Dtls;
import io.sluice.api.net.Association;
import io.sluice.api.net.AssociationHandler;
import io.sluice.api.net.DatagramProtocol;
import io.sluice.api.net.Datagrams;
import io.sluice.api.net.HttpExchange;
import io.sluice.api.net.HttpRoute;
import io.sluice.api.net.Protocol;
import io.sluice.api.net.Snapshot;
import io.sluice.api.stream.Streams;
import io.sluice.format.stun.StunRequest;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** WebRTC as a plugin: signalling over HTTP by WHIP (RFC 9725) and WHEP, and what follows on the datagram port. */
@Component(service = {DatagramProtocol.class, HttpRoute.class}, configurationPid = WebRtcConfig.PID,
    property = {Protocol.NAME + "=" + WebRtc.NAME, HttpRoute.PATHS + "=/whip/**", HttpRoute.PATHS + "=/whep/**", HttpRoute.PATHS + "=/webrtc/**"})
@Designate(ocd = WebRtcConfig.class)
public final class WebRtc implements DatagramProtocol, HttpRoute {
    static final String NAME = "webrtc";

    private final Bench bench;
    private final Datagrams datagrams;

    @Activate
    public WebRtc(@Reference Streams streams, @Reference Datagrams datagrams, @Reference Dtls dtls, WebRtcConfig config) {
        this.datagrams = datagrams;
        bench = new Bench(streams, dtls, System::nanoTime, Settings.of(config));
    }

    @Modified
    void modified(WebRtcConfig config) {
        bench.settings(Settings.of(config));
    }

    @Override
    public void serve(HttpExchange exchange) {
        new Signalling(bench, exchange, this, datagrams).serve();
    }

    /** A check of ICE names whom it is for; all else belongs to addresses that have passed one. */
    @Override
    public String key(ByteBuf datagram) {
        String local = StunRequest.local(datagram);
        return local == null || local.isEmpty() ? null : local;
    }

    @Override
    public AssociationHandler resume(Association association, Snapshot snapshot) {
        return PeerSession.resume(bench, association, snapshot);
    }
}

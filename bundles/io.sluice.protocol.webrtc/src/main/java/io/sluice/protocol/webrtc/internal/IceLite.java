package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Association;
import io.sluice.format.stun.StunAnswer;
import io.sluice.format.stun.StunIntegrity;
import io.sluice.format.stun.StunRequest;
import java.net.InetSocketAddress;

/** Our side of ICE, which only answers (RFC 8445 section 2.5). On the association's loop. */
final class IceLite {
    private final String name;
    private final String password;
    private final StunIntegrity integrity;
    private boolean arrived;

    IceLite(String name, String password) {
        this.name = name;
        this.password = password;
        integrity = new StunIntegrity(password);
    }

    static IceLite fresh() {
        return new IceLite(Secrets.iceName(), Secrets.icePassword());
    }

    String name() {
        return name;
    }

    String password() {
        return password;
    }

    /**
     * A check: answered when it is authentic; others get no answer, so that nothing can be bounced off us. The first of all, and each that nominates, makes its sender the peer.
     *
     * @return whether it was authentic
     */
    boolean check(ByteBuf datagram, InetSocketAddress from, Association association) {
        StunRequest request = StunRequest.parse(datagram);
        if (request == null || !request.username().startsWith(name + ":") || !integrity.verifies(request)) {
            return false;
        }
        association.answer(Unpooled.wrappedBuffer(StunAnswer.success(request, from, integrity)));
        if (!arrived || request.useCandidate()) {
            arrived = true;
            association.move();
        }
        return true;
    }

    /** After a hand-over: the peer is known. */
    void resumed() {
        arrived = true;
    }
}

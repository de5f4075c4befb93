package io.sluice.protocol.webrtc.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.DatagramProtocol;
import io.sluice.api.net.Datagrams;
import io.sluice.api.net.HttpExchange;
import io.sluice.format.sdp.Offer;
import io.sluice.format.sdp.SdpException;
import io.sluice.format.sdp.TrickleFragment;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request of WHIP (RFC 9725) or WHEP (draft-ietf-wish-whep): {@code POST /whip/STREAM}, {@code /whep/STREAM} or {@code /webrtc/STREAM} with an offer makes a session;
 * {@code PATCH} and {@code DELETE} go to the address of that session, which nobody guesses: {@code /webrtc/session/SECRET}.
 */
final class Signalling {
    private static final Logger LOG = LoggerFactory.getLogger(Signalling.class);
    private static final String SESSION = "/webrtc/session/";
    private static final String OFFER = "application/sdp";
    private static final String TRICKLE = "application/trickle-ice-sdpfrag";
    /** Chromium's largest offer with all codecs is 10 KB a section. */
    private static final int MAX_BYTES = 256 << 10;

    private final Bench bench;
    private final HttpExchange exchange;
    private final DatagramProtocol protocol;
    private final Datagrams datagrams;

    Signalling(Bench bench, HttpExchange exchange, DatagramProtocol protocol, Datagrams datagrams) {
        this.bench = bench;
        this.exchange = exchange;
        this.protocol = protocol;
        this.datagrams = datagrams;
    }

    void serve() {
        guard(() -> {
            String path = exchange.path();
            if (path.startsWith(SESSION)) {
                session(path.substring(SESSION.length()));
            } else {
                stream(path);
            }
        });
    }

    private void guard(Runnable step) {
        try {
            step.run();
        } catch (Problem.Found found) {
            found.problem().answer(exchange);
        } catch (SdpException e) {
            new Problem(400, "no usable session description", e.getMessage()).answer(exchange);
        }
    }

    private void stream(String path) {
        int slash = path.indexOf('/', 1);
        String name = slash < 0 ? "" : path.substring(slash + 1);
        if (name.isEmpty()) {
            throw new Problem.Found(404, "no stream named", "wanted " + path + (slash < 0 ? "/" : "") + "STREAM");
        }
        if (!exchange.method().equals("POST")) {
            exchange.addHeader("allow", "POST, OPTIONS");
            exchange.addHeader("accept-post", OFFER);
            throw new Problem.Found(405, "not allowed", "wanted POST with an offer, found " + exchange.method());
        }
        type(OFFER);
        String way = path.substring(1, slash);
        exchange.body(MAX_BYTES, body -> {
            String text = body.toString(StandardCharsets.UTF_8);
            guard(() -> offered(way, name, text));
        });
    }

    private void type(String wanted) {
        String found = exchange.header("content-type");
        if (found == null || !found.toLowerCase(Locale.ROOT).split(";")[0].trim().equals(wanted)) {
            throw new Problem.Found(415, "wrong type", "wanted content-type " + wanted + ", found " + (found == null ? "none" : found));
        }
    }

    private void offered(String way, String name, String text) {
        Offer offer = Offer.parse(text);
        List<InetSocketAddress> addresses = datagrams.addresses(WebRtc.NAME, exchange);
        if (addresses.isEmpty()) {
            throw new Problem.Found(503, "no port", "no datagram listener offers webrtc now (configuration io.sluice.net.datagrams)");
        }
        boolean publish = way.equals("whip") || way.equals("webrtc") && offer.media().stream().anyMatch(m -> m.direction().sends() && !m.direction().receives());
        IceLite ice = IceLite.fresh();
        try {
            datagrams.introduce(protocol, exchange, ice.name(), association -> {
                PeerSession session = PeerSession.open(bench, association, ice, offer);
                new Admission(bench, exchange, session, offer, addresses, this::accepted).ask(publish, name);
                return session;
            });
        } catch (IllegalStateException e) {
            throw new Problem.Found(503, "not now", e.getMessage());
        }
    }

    /** On the exchange's loop. */
    private void accepted(PeerSession session, String answer) {
        bench.settings().iceServers().forEach(link -> exchange.addHeader("link", link));
        exchange.answer(201, Map.of("content-type", OFFER, "location", SESSION + session.id(), "etag", session.etag(), "accept-patch", TRICKLE, "cache-control", "no-store",
            "access-control-expose-headers", "Location, ETag, Link, Accept-Patch"), Unpooled.copiedBuffer(answer, StandardCharsets.UTF_8));
    }

    private void session(String secret) {
        PeerSession session = bench.session(secret);
        if (session == null) {
            throw new Problem.Found(404, "no such session", "it is over, or never was");
        }
        switch (exchange.method()) {
            case "DELETE" -> {
                session.close("the peer has ended its session");
                exchange.answer(200, Map.of(), Unpooled.EMPTY_BUFFER);
            }
            case "PATCH" -> {
                type(TRICKLE);
                exchange.body(MAX_BYTES, body -> patched(session, body));
            }
            default -> {
                exchange.addHeader("allow", "PATCH, DELETE, OPTIONS");
                throw new Problem.Found(405, "not allowed", "wanted PATCH or DELETE, found " + exchange.method());
            }
        }
    }

    private void patched(PeerSession session, ByteBuf body) {
        String text = body.toString(StandardCharsets.UTF_8);
        guard(() -> {
            String match = exchange.header("if-match");
            if (match == null) {
                throw new Problem.Found(428, "no If-Match", "wanted If-Match with the session's ETag");
            }
            TrickleFragment fragment = TrickleFragment.parse(text);
            if (match.equals("*") || fragment.ice() != null && !fragment.ice().ufrag().equals(session.peerName())) {
                throw new Problem.Found(501, "no ICE restart", "this server does not restart ICE: checks from another address move a session, or make a new one");
            }
            if (!match.equals(session.etag())) {
                throw new Problem.Found(412, "another ETag", "the session's ETag is not that of If-Match");
            }
            LOG.debug("{}: {} candidates trickled, which a lite agent does not need", session, fragment.candidates().size());
            exchange.answer(204, Map.of("etag", session.etag()), Unpooled.EMPTY_BUFFER);
        });
    }
}

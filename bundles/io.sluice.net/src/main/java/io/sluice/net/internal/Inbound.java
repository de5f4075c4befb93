package io.sluice.net.internal;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.sluice.net.internal.http.HttpFirstBytes;

/** The way of a peer's bytes: first they are its greeting, then they go to the version that speaks, or to HTTP's codecs. On the connection's loop, but for what says otherwise. */
final class Inbound {
    private final NetConnection connection;
    private final Net net;
    private final Offer offer;
    private final Channel channel;
    private final Wire wire;
    private final Intake intake = new Intake();
    private final Greeting greeting;
    private boolean reading = true;
    private boolean http;
    private volatile String protocol = "";
    private volatile long bytes;

    Inbound(NetConnection connection, Net net, Offer offer, Channel channel, Wire wire) {
        this.connection = connection;
        this.net = net;
        this.offer = offer;
        this.channel = channel;
        this.wire = wire;
        greeting = new Greeting(connection, offer, net.protocols());
    }

    /** A name, "http/1.1", "h2", or "" while it is not known. Any thread. */
    String protocol() {
        return protocol;
    }

    /** Any thread. */
    long bytes() {
        return bytes;
    }

    boolean http() {
        return http;
    }

    boolean reading() {
        return reading;
    }

    /** @param alpn what TLS agreed on, or null */
    void begin(String alpn) {
        if ("h2".equals(alpn)) {
            speakHttp(true);
        } else {
            greeting.begin();
        }
    }

    /** It is known what is spoken, as we opened the connection. */
    void speak(String name) {
        protocol = name;
    }

    /** Takes over the reference. */
    void received(ByteBuf in) {
        bytes += in.readableBytes();
        wire.attribution().in(in.readableBytes());
        if (connection.closing()) {
            in.release();
        } else if (http) {
            wire.toHttp(in);
        } else {
            intake.add(channel.alloc(), in);
            deliver();
        }
    }

    void reading(boolean on) {
        if (reading != on) {
            reading = on;
            channel.config().setAutoRead(on);
            if (on) {
                channel.eventLoop().execute(this::deliver);
            }
        }
    }

    /** Shows what is there to who speaks, if it reads. */
    void deliver() {
        if (protocol.isEmpty() && intake.size() > 0) {
            connection.guard(this::greet);
        }
        Speech speech = connection.speech();
        if (speech != null && reading && !connection.closing() && intake.size() > 0) {
            connection.guard(() -> speech.handler().received(intake.lend()));
        }
        if (connection.ended()) {
            intake.release();
            return;
        }
        intake.trim();
        if (speech != null && reading || connection.parked()) {
            bound();
        }
    }

    /** What nobody decodes, or nobody can while the connection is parked, is kept up to a limit. */
    private void bound() {
        int most = net.settings().maxUndecodedBytes();
        if (intake.size() > most) {
            connection.close(intake.size() + " bytes of " + protocol + " are undecoded, at most " + most + " are kept (maxUndecodedBytes)");
        }
    }

    private void greet() {
        Sniffer.Verdict spoken = greeting.hear(intake.lend());
        if (spoken != null && spoken.plugin() == null) {
            speakHttp(HttpFirstBytes.isHttp2(intake.lend()));
        } else if (spoken != null) {
            protocol = spoken.protocol();
            connection.succession().open(protocol, spoken.plugin());
        }
    }

    private void speakHttp(boolean http2) {
        greeting.end();
        protocol = http2 ? "h2" : "http/1.1";
        http = true;
        net.http().speak(channel.pipeline(), connection, http2, offer.tls());
        ByteBuf first = intake.take();
        if (first != null) {
            wire.toHttp(first);
        }
    }

    void end() {
        intake.release();
    }
}

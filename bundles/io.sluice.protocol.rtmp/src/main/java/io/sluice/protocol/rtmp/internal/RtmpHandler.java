package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.ProtocolException;
import io.sluice.api.net.Snapshot;
import io.sluice.format.amf.AmfException;
import io.sluice.format.rtmp.AckWindow;
import io.sluice.format.rtmp.ChunkDecoder;
import io.sluice.format.rtmp.Command;
import io.sluice.format.rtmp.Fields;
import io.sluice.format.rtmp.Message;
import io.sluice.format.rtmp.Outbox;

/** One RTMP connection: handshake, then messages, each to the part that it concerns. On the connection's loop. */
final class RtmpHandler implements ConnectionHandler {
    /**
     * Who does not publish sends commands alone. Theirs are below 4 KiB, with tokens in their URLs below 16; and as many connections as one address may have
     * (10,000) hold less with this than the heap has.
     */
    private static final int COMMAND_BYTES = 16 << 10;
    /** A player that is slow with pictures may pause or seek meanwhile; who asks more often without taking an answer wants our memory. */
    private static final int UNANSWERED = 100;

    private final Peer peer;
    private final Outbox out;
    private final ChunkDecoder decoder;
    private final AckWindow acks;
    private final NetConnection connection;
    private final NetStream stream;
    private final Throttle throttle;
    private final KeepAlive keepAlive;
    /** Null when it is over. */
    private RtmpHandshake handshake;
    private boolean closed;
    /** Commands that came while the peer took nothing. */
    private int unanswered;

    private RtmpHandler(Peer peer, RtmpHandshake handshake, Outbox out, ChunkDecoder decoder, AckWindow acks, NetConnection connection) {
        this.peer = peer;
        this.handshake = handshake;
        this.out = out;
        this.decoder = decoder;
        this.acks = acks;
        this.connection = connection;
        this.stream = new NetStream(peer, out, connection);
        this.throttle = new Throttle(peer);
        this.keepAlive = new KeepAlive(peer, out);
    }

    static RtmpHandler open(Peer peer) {
        Outbox out = new Outbox(peer.connection(), ChunkDecoder.FIRST_CHUNK_BYTES);
        RtmpHandler handler = new RtmpHandler(peer, new RtmpHandshake(), out, new ChunkDecoder(), new AckWindow(), new NetConnection(peer, out));
        handler.watchIdle();
        return handler;
    }

    /** Parses first, takes the session's handle last. */
    static RtmpHandler resume(Peer peer, Snapshot snapshot) {
        Fields fields = Fields.of(snapshot, peer.settings().snapshotSchema());
        Fields chunks = fields.required("chunks");
        Outbox out = new Outbox(peer.connection(), fields.integer("chunkOut"));
        RtmpHandler h = new RtmpHandler(peer, null, out, ChunkDecoder.from(chunks), AckWindow.from(fields.nested("acks")), NetConnection.from(peer, out, fields));
        boolean pausing = fields.flag("pausing", false);
        long debtNanos = fields.number("debtNanos", 0);
        h.stream.resume(fields);
        h.throttle.resume(pausing, debtNanos);
        h.keepAlive.start();
        h.watchIdle();
        return h;
    }

    /** A peer that does nothing must not hold a connection. */
    private void watchIdle() {
        peer.connection().schedule(peer.settings().idleNanos(), () -> {
            if (stream.session() == null && !stream.unsettled()) {
                peer.connection().close("the peer neither published nor played for " + peer.settings().idleNanos() / 1_000_000_000L + " s");
            } else {
                watchIdle();
            }
        });
    }

    @Override
    public void received(ByteBuf in) {
        int before = in.readableBytes();
        if (handshake != null) {
            shakeHands(in);
        }
        if (stream.leaving()) {
            in.skipBytes(in.readableBytes());
        } else if (handshake == null) {
            decode(in);
        }
        account(before - in.readableBytes());
    }

    private void shakeHands(ByteBuf in) {
        ByteBuf answer = handshake.received(in);
        if (answer != null) {
            peer.connection().write(answer);
            handshake.received(in);
        }
        if (handshake.done()) {
            handshake = null;
            keepAlive.start();
        }
    }

    private void decode(ByteBuf in) {
        try {
            decoder.decode(in, this::maxMessageBytes, this::message);
        } catch (AmfException e) {
            throw new ProtocolException(e.getMessage());
        }
    }

    private int maxMessageBytes() {
        return stream.mediaMayCome() ? peer.settings().maxMessageBytes() : COMMAND_BYTES;
    }

    private void account(int bytes) {
        if (bytes == 0 || closed) {
            return;
        }
        keepAlive.heard();
        if (acks.count(bytes) && handshake == null) {
            out.acknowledge(acks.received());
        }
        if (stream.session() instanceof PublishSession) {
            throttle.count(bytes);
        }
    }

    private void message(Message m) {
        if (closed) {
            return;
        }
        switch (m.type()) {
            case Message.AUDIO, Message.VIDEO, Message.DATA, Message.DATA_AMF3 -> media(m);
            case Message.AGGREGATE -> Aggregate.split(m, this::media);
            case Message.COMMAND, Message.COMMAND_AMF3 -> command(Command.read(m));
            case Message.SET_CHUNK_SIZE -> decoder.chunkBytes(number(m));
            case Message.ABORT -> decoder.abort(number(m));
            case Message.WINDOW_ACK_SIZE -> acks.windowBytes(number(m));
            case Message.SET_PEER_BANDWIDTH -> out.window(number(m));
            case Message.USER_CONTROL -> userControl(m.payload());
            default -> {
                // acknowledgements and what nobody uses: shared objects
            }
        }
    }

    private void media(Message m) {
        if (stream.session() != null) {
            stream.session().media(m);
        }
    }

    private void command(Command c) {
        if (!peer.connection().writable() && ++unanswered > UNANSWERED) {
            throw new ProtocolException("more than " + UNANSWERED + " commands came from a peer that takes no answers");
        }
        if (!connection.handle(c) && !stream.handle(c)) {
            connection.error(c, "There is no command '" + c.name() + "'.");
        }
    }

    private void userControl(ByteBuf payload) {
        int at = payload.readerIndex();
        if (payload.readableBytes() >= 6 && payload.getUnsignedShort(at) == Outbox.PING_REQUEST && peer.connection().writable()) {
            out.userControl(Outbox.PING_RESPONSE, payload.getInt(at + 2));
        }
    }

    private static int number(Message m) {
        if (m.payload().readableBytes() < 4) {
            throw new ProtocolException("a control message of type " + m.type() + " with " + m.payload().readableBytes() + " bytes, wanted 4");
        }
        return m.payload().getInt(m.payload().readerIndex());
    }

    @Override
    public void writable() {
        keepAlive.took();
        unanswered = 0;
        if (stream.session() != null) {
            stream.session().writable();
        }
    }

    @Override
    public void stopping(String reason) {
        if (stream.session() != null) {
            stream.session().stopping(reason);
        }
    }

    @Override
    public void closed() {
        closed = true;
        stream.gone();
    }

    @Override
    public Snapshot snapshot() {
        if (handshake != null || closed || stream.unsettled()) {
            return null;
        }
        int schema = peer.settings().snapshotSchema();
        Snapshot.Builder b = Snapshot.of(schema).put("chunkOut", out.chunkBytes()).put("chunks", decoder.snapshot(schema)).put("acks", acks.snapshot(schema))
            .put("pausing", throttle.pausing()).put("debtNanos", throttle.debtNanos());
        if (schema >= 2) {
            b.put("writtenBy", "schema " + schema);
        }
        connection.snapshot(b, schema);
        stream.snapshot(b, schema);
        return b.build();
    }
}

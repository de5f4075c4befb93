package io.sluice.target.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.ProtocolException;
import io.sluice.format.amf.AmfException;
import io.sluice.format.rtmp.AckWindow;
import io.sluice.format.rtmp.ChunkDecoder;
import io.sluice.format.rtmp.Command;
import io.sluice.format.rtmp.Message;
import io.sluice.format.rtmp.Outbox;
import java.util.List;
import java.util.function.Consumer;

/** One connection to a receiver: handshake, control messages, and the commands handed to the {@link Dialogue}. On the connection's loop. */
final class RtmpSession implements ConnectionHandler {
    /** A receiver sends answers and pings; its largest message is the answer to "connect", some hundreds of bytes. */
    private static final int MOST_BYTES = 16 << 10;

    private final Connection connection;
    private final ClientHandshake handshake = new ClientHandshake();
    private final ChunkDecoder decoder = new ChunkDecoder();
    private final AckWindow window = new AckWindow();
    private final Outbox out;
    private final Dialogue dialogue;
    private final String login;
    private final List<String> codecs;
    private final Runnable writable;
    private final Consumer<String> gone;
    private String fault = "";

    /**
     * @param writable the receiver takes bytes again
     * @param gone     the connection has ended: by whose fault, or ""
     */
    RtmpSession(Connection connection, RtmpUrl url, String login, List<String> codecs, Dialogue.Listener listener, Runnable writable, Consumer<String> gone) {
        this.connection = connection;
        this.login = login;
        this.codecs = codecs;
        this.writable = writable;
        this.gone = gone;
        out = new Outbox(connection, ChunkDecoder.FIRST_CHUNK_BYTES);
        dialogue = new Dialogue(out, url, listener);
        connection.write(ClientHandshake.hello());
    }

    Dialogue dialogue() {
        return dialogue;
    }

    @Override
    public void received(ByteBuf in) {
        int before = in.readableBytes();
        try {
            if (!handshake.done()) {
                shakeHands(in);
            }
            if (handshake.done()) {
                decoder.decode(in, () -> MOST_BYTES, this::message);
            }
        } catch (AmfException e) {
            throw broken(new ProtocolException(e.getMessage()));
        } catch (ProtocolException e) {
            throw broken(e);
        }
        if (window.count(before - in.readableBytes())) {
            out.acknowledge(window.received());
        }
    }

    private ProtocolException broken(ProtocolException e) {
        fault = "the receiver broke the rules of RTMP: " + e.getMessage();
        return e;
    }

    private void shakeHands(ByteBuf in) {
        ByteBuf answer = handshake.received(in);
        if (answer != null) {
            connection.write(answer);
            dialogue.connect(login, codecs);
        }
    }

    private void message(Message message) {
        ByteBuf payload = message.payload();
        int number = payload.readableBytes() >= 4 ? payload.getInt(payload.readerIndex()) : 0;
        switch (message.type()) {
            case Message.SET_CHUNK_SIZE -> decoder.chunkBytes(number);
            case Message.ABORT -> decoder.abort(number);
            case Message.WINDOW_ACK_SIZE -> window.windowBytes(number);
            case Message.USER_CONTROL -> control(payload);
            case Message.COMMAND, Message.COMMAND_AMF3 -> dialogue.received(Command.read(message));
            default -> {
                // acknowledgements, bandwidths, data: nothing to do
            }
        }
    }

    /** Section 7.1.7: a ping is answered with its time. */
    private void control(ByteBuf payload) {
        if (payload.readableBytes() >= 6 && payload.getUnsignedShort(payload.readerIndex()) == Outbox.PING_REQUEST) {
            out.userControl(Outbox.PING_RESPONSE, payload.getInt(payload.readerIndex() + 2));
        }
    }

    @Override
    public void writable() {
        writable.run();
    }

    @Override
    public void stopping(String reason) {
        dialogue.unpublish();
    }

    @Override
    public void closed() {
        gone.accept(fault);
    }
}

package io.sluice.dtls.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.sluice.api.dtls.DtlsHandler;
import io.sluice.api.dtls.DtlsTransport;
import io.sluice.api.net.Association;
import io.sluice.api.net.Handle;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;

/** One peer's transport. All of it on the association's loop, but for the handshake. */
final class DtlsSession implements DtlsTransport {
    /** A client sends media as soon as it has our last message, before we have told the loop of the keys. */
    private static final int EARLY_PACKETS = 64;
    private static final int PACKET_BYTES = 2048;
    private static final String GOODBYE = "the peer has closed";

    private enum State { WAITING, HANDSHAKE, READY, OVER }

    private final long id;
    private final Association association;
    private final Function<Runnable, Handshake> handshakes;
    private final Executor threads;
    private final DatagramPipe pipe;
    private final Deque<byte[]> early = new ArrayDeque<>();
    private final byte[] scratch = new byte[PACKET_BYTES];
    private final ByteBuf opened = Unpooled.wrappedBuffer(scratch);
    private DtlsHandler handler;
    private State state = State.WAITING;
    private DTLSTransport dtls;
    private SrtpSender sender;
    private SrtpReceiver receiver;
    private long rejected;
    /** Bouncy Castle closes its transport at a goodbye, and fails when it reads on. */
    private volatile boolean peerClosed;

    /** @param handshakes makes our side of one; its argument is called at the peer's goodbye */
    DtlsSession(long id, Association association, Function<Runnable, Handshake> handshakes, Executor threads, DtlsHandler handler) {
        this.id = id;
        this.association = association;
        this.handshakes = handshakes;
        this.threads = threads;
        this.handler = handler;
        pipe = new DatagramPipe(datagram -> association.loop().execute(() -> association.write(Unpooled.wrappedBuffer(datagram))));
    }

    Association association() {
        return association;
    }

    void handler(DtlsHandler next) {
        handler = next;
    }

    @Override
    public void received(ByteBuf datagram) {
        int first = datagram.readableBytes() == 0 ? 0 : datagram.getUnsignedByte(datagram.readerIndex());
        if (state == State.OVER || datagram.readableBytes() > PACKET_BYTES) {
            return;
        }
        if (first >= 20 && first < 64) {
            pipe.offer(ByteBufUtil.getBytes(datagram));
            handshake();
        } else if (first >= 128 && first < 192) {
            media(datagram);
        }
    }

    private void handshake() {
        if (state == State.READY) {
            drain();
        } else if (state == State.WAITING) {
            state = State.HANDSHAKE;
            try {
                threads.execute(this::accept);
            } catch (RejectedExecutionException full) {
                over("there are too many handshakes (maxHandshakes of " + DtlsConfig.PID + ")");
            }
        }
    }

    /** On a thread of its own: it waits for the peer. */
    private void accept() {
        Handshake ours = handshakes.apply(() -> {
            peerClosed = true;
            association.loop().execute(() -> over(GOODBYE));
        });
        try {
            DTLSTransport agreed = new DTLSServerProtocol().accept(ours, pipe);
            SrtpSender out = ours.sender();
            SrtpReceiver in = ours.receiver();
            association.loop().execute(() -> ready(agreed, out, in));
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            association.loop().execute(() -> over("the DTLS handshake failed: " + reason(e)));
        }
    }

    /** An alert of ours carries its reason as its detail or its cause. */
    private static String reason(Throwable e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return cause.getMessage() == null ? e.toString() : cause.getMessage();
    }

    private void ready(DTLSTransport agreed, SrtpSender out, SrtpReceiver in) {
        if (state == State.OVER) {
            close(agreed);
            return;
        }
        state = State.READY;
        dtls = agreed;
        sender = out;
        receiver = in;
        handler.ready();
        for (byte[] packet = early.poll(); packet != null && state == State.READY; packet = early.poll()) {
            media(Unpooled.wrappedBuffer(packet));
        }
        drain();
    }

    /** After the handshake: repeated flights, alerts. Never waits, as the pipe holds what is read. */
    private void drain() {
        byte[] data = new byte[PACKET_BYTES];
        try {
            while (state == State.READY && !pipe.isEmpty()) {
                dtls.receive(data, 0, data.length, 1);
            }
        } catch (IOException | RuntimeException e) {
            over("DTLS ended: " + reason(e));
        }
    }

    private void media(ByteBuf packet) {
        int length = packet.readableBytes();
        if (receiver == null) {
            if (early.size() < EARLY_PACKETS) {
                early.add(ByteBufUtil.getBytes(packet));
            }
            return;
        }
        packet.getBytes(packet.readerIndex(), scratch, 0, length);
        int plain = open(length);
        if (plain < 0) {
            rejected++;
        } else {
            handler.packet(opened.setIndex(0, plain));
        }
    }

    private int open(int length) {
        try {
            return length < 2 ? -1 : RtpShape.isControl(scratch) ? receiver.openControl(scratch, length) : receiver.open(scratch, length);
        } catch (GeneralSecurityException e) {
            return -1;
        }
    }

    @Override
    public boolean ready() {
        return state == State.READY;
    }

    @Override
    public boolean protect(ByteBuf header, ByteBuf payload, ByteBuf out) {
        int head = header.readableBytes();
        int length = head + payload.readableBytes();
        if (state != State.READY || length + TAIL_BYTES > PACKET_BYTES) {
            return false;
        }
        header.getBytes(header.readerIndex(), scratch, 0, head);
        payload.getBytes(payload.readerIndex(), scratch, head, length - head);
        try {
            return append(sender.protect(scratch, length), out);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a packet could not be protected", e);
        }
    }

    @Override
    public boolean protectControl(ByteBuf compound, ByteBuf out) {
        int length = compound.readableBytes();
        if (state != State.READY || length + TAIL_BYTES > PACKET_BYTES) {
            return false;
        }
        compound.getBytes(compound.readerIndex(), scratch, 0, length);
        try {
            return append(sender.protectControl(scratch, length), out);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a report could not be protected", e);
        }
    }

    private boolean append(int sealed, ByteBuf out) {
        if (sealed > 0) {
            out.writeBytes(scratch, 0, sealed);
        }
        return sealed > 0;
    }

    @Override
    public long rejected() {
        return rejected;
    }

    @Override
    public Handle handle() {
        return new Handle(id);
    }

    private void over(String reason) {
        if (state != State.OVER) {
            end();
            handler.closed(peerClosed ? GOODBYE : reason);
        }
    }

    @Override
    public void close() {
        if (state == State.READY) {
            close(dtls);
        }
        end();
    }

    /** Writes one datagram, waits for nothing. */
    private static void close(DTLSTransport transport) {
        try {
            transport.close();
        } catch (IOException e) {
            // the peer does without our goodbye
        }
    }

    void end() {
        state = State.OVER;
        early.clear();
        pipe.close();
    }
}

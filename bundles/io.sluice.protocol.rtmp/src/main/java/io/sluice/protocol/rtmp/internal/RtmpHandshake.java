package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.sluice.api.net.ProtocolException;
import java.security.SecureRandom;

/**
 * The server's side of the handshake, section 5.2, plain or with digests. C2 is read and not judged: clients in use send anything there.
 *
 * <pre>
 *  C0, S0: version 8        C1, S1: time 32, zero (or Flash version) 32, random 1528        C2, S2: the other side's 1, or random and a digest of it
 * </pre>
 */
final class RtmpHandshake {
    static final int PART_BYTES = 1536;
    private static final int VERSION = 3;
    private static final int TIME_BYTES = 4;
    /** What a server with digests calls itself; clients only look whether it is 0. */
    private static final int SERVER_VERSION = 0x0D0E0A0D;

    private enum State { WAIT_C1, WAIT_C2, DONE }

    private State state = State.WAIT_C1;

    /**
     * Reads on.
     *
     * @param in borrowed
     * @return what to send, owned by the caller, or null
     */
    ByteBuf received(ByteBuf in) {
        if (state == State.WAIT_C1) {
            return answer(in);
        }
        if (in.readableBytes() >= PART_BYTES) {
            in.skipBytes(PART_BYTES);
            state = State.DONE;
        }
        return null;
    }

    boolean done() {
        return state == State.DONE;
    }

    private ByteBuf answer(ByteBuf in) {
        if (in.isReadable() && in.getByte(in.readerIndex()) != VERSION) {
            throw new ProtocolException("RTMP version " + in.getUnsignedByte(in.readerIndex()) + " offered, only " + VERSION + " is spoken");
        }
        if (in.readableBytes() < 1 + PART_BYTES) {
            return null;
        }
        in.skipBytes(1);
        byte[] c1 = new byte[PART_BYTES];
        in.readBytes(c1);
        state = State.WAIT_C2;
        DigestScheme scheme = DigestScheme.find(c1, DigestScheme.clientKey());
        byte[] s1 = s1(scheme);
        return PooledByteBufAllocator.DEFAULT.buffer(1 + 2 * PART_BYTES).writeByte(VERSION).writeBytes(s1).writeBytes(scheme == null ? echo(c1) : signed(scheme, c1));
    }

    private static byte[] s1(DigestScheme scheme) {
        byte[] s1 = new byte[PART_BYTES];
        new SecureRandom().nextBytes(s1);
        for (int i = 0; i < 2 * TIME_BYTES; i++) {
            s1[i] = 0;
        }
        if (scheme != null) {
            for (int i = 0; i < TIME_BYTES; i++) {
                s1[TIME_BYTES + i] = (byte) (SERVER_VERSION >> 24 - 8 * i);
            }
            scheme.sign(s1, DigestScheme.serverKey());
        }
        return s1;
    }

    /** The plain S2: C1's time and random, and when we read it, which is 0 on a clock that starts with the connection. */
    private static byte[] echo(byte[] c1) {
        byte[] s2 = c1.clone();
        for (int i = TIME_BYTES; i < 2 * TIME_BYTES; i++) {
            s2[i] = 0;
        }
        return s2;
    }

    private static byte[] signed(DigestScheme scheme, byte[] c1) {
        byte[] s2 = new byte[PART_BYTES];
        new SecureRandom().nextBytes(s2);
        DigestScheme.signResponse(s2, scheme.digest(c1), DigestScheme.serverResponseKey());
        return s2;
    }
}

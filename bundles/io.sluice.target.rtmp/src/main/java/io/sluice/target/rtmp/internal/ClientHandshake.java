package io.sluice.target.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.ProtocolException;
import java.security.SecureRandom;

/**
 * The client's side of the handshake, section 5.2: plain, which every server takes. S2 is read and not judged.
 *
 * <pre>
 *  C0, S0: version 8        C1, S1: time 32, zero 32, random 1528        C2, S2: the other side's 1
 * </pre>
 */
final class ClientHandshake {
    private static final int PART_BYTES = 1536;
    private static final int RANDOM_BYTES = 1528;
    private static final int VERSION = 3;

    private boolean done;

    /** C0 and C1, owned by the caller. */
    static ByteBuf hello() {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        return Unpooled.buffer(1 + PART_BYTES).writeByte(VERSION).writeLong(0).writeBytes(random);
    }

    boolean done() {
        return done;
    }

    /**
     * Reads on.
     *
     * @param in borrowed; left as it is until S0, S1 and S2 are there
     * @return C2, owned by the caller, or null
     */
    ByteBuf received(ByteBuf in) {
        if (in.isReadable() && in.getByte(in.readerIndex()) != VERSION) {
            throw new ProtocolException("the receiver does not speak RTMP: it answered with version " + in.getUnsignedByte(in.readerIndex()) + ", wanted " + VERSION);
        }
        if (in.readableBytes() < 1 + 2 * PART_BYTES) {
            return null;
        }
        in.skipBytes(1);
        ByteBuf answer = Unpooled.buffer(PART_BYTES).writeBytes(in, PART_BYTES);
        in.skipBytes(PART_BYTES);
        done = true;
        return answer;
    }
}

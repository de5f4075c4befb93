package io.sluice.net.internal.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.CompositeByteBuf;
import java.util.function.Consumer;

/** The body of one request: kept until its route asks for it, then given whole, or thrown away. On the exchange's loop. */
final class RequestBody {
    enum State { EARLY, WANTED, UNWANTED }

    private final CompositeByteBuf bytes;
    private State state = State.EARLY;
    private int most;
    private long thrownAway;
    private boolean complete;
    private Consumer<ByteBuf> whole;

    RequestBody(ByteBufAllocator alloc) {
        bytes = alloc.compositeBuffer(Integer.MAX_VALUE);
    }

    /** Takes over the reference. */
    void add(ByteBuf piece) {
        if (state == State.UNWANTED || !piece.isReadable()) {
            thrownAway += piece.readableBytes();
            piece.release();
        } else {
            bytes.addComponent(true, piece);
        }
    }

    void want(int maxBytes, Consumer<ByteBuf> consumer) {
        state = State.WANTED;
        most = maxBytes;
        whole = consumer;
    }

    void unwant() {
        if (state != State.UNWANTED) {
            state = State.UNWANTED;
            thrownAway += bytes.readableBytes();
            bytes.release();
        }
    }

    void end() {
        complete = true;
    }

    boolean complete() {
        return complete;
    }

    boolean wanted() {
        return state == State.WANTED;
    }

    boolean tooLong() {
        return state == State.WANTED ? bytes.readableBytes() > most : thrownAway > HttpLimits.UNWANTED_BODY_BYTES;
    }

    /** The peer has to wait with more. */
    boolean full() {
        return state == State.EARLY && bytes.readableBytes() > HttpLimits.EARLY_BODY_BYTES;
    }

    /** Lends the whole to its consumer, once, and lets it go. */
    void give() {
        state = State.UNWANTED;
        try {
            whole.accept(bytes);
        } finally {
            bytes.release();
        }
    }
}

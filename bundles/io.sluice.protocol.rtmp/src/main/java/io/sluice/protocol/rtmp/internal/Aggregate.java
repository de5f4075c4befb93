package io.sluice.protocol.rtmp.internal;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.ProtocolException;
import io.sluice.format.rtmp.Message;
import java.util.function.Consumer;

/** Section 7.1.6: several messages in one, each like an FLV tag. Their times count from that of the whole. */
final class Aggregate {
    private static final int HEADER_BYTES = 11;
    private static final int BACK_POINTER_BYTES = 4;

    private Aggregate() {
    }

    /** Borrows the message; each part is a slice of it. */
    static void split(Message whole, Consumer<Message> parts) {
        ByteBuf in = whole.payload().slice();
        int shift = 0;
        boolean first = true;
        while (in.readableBytes() >= HEADER_BYTES) {
            int type = in.readUnsignedByte();
            int size = in.readUnsignedMedium();
            int timestamp = in.readUnsignedMedium() | in.readUnsignedByte() << 24;
            in.skipBytes(3);
            if (in.readableBytes() < size) {
                throw new ProtocolException("an aggregate's part of " + size + " bytes where " + in.readableBytes() + " are left");
            }
            shift = first ? whole.timestamp() - timestamp : shift;
            first = false;
            parts.accept(new Message(type, whole.streamId(), timestamp + shift, in.readSlice(size)));
            in.skipBytes(Math.min(BACK_POINTER_BYTES, in.readableBytes()));
        }
    }
}

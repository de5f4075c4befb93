package faulty;

import io.netty.buffer.ByteBuf;
import io.sluice.api.net.Connection;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.Protocol;

/** Throws in the call that the first byte names. */
public final class FaultyProtocol implements Protocol {
    @Override
    public Match match(ByteBuf firstBytes) {
        if (firstBytes.getByte(firstBytes.readerIndex()) == 'm') {
            throw new IllegalStateException("planted: match");
        }
        return Match.YES;
    }

    @Override
    public ConnectionHandler open(Connection connection) {
        return new Handler(connection);
    }

    private static final class Handler implements ConnectionHandler {
        Handler(Connection connection) {
            connection.onEnd(() -> {
                throw new IllegalStateException("planted: onEnd");
            });
        }

        @Override
        public void received(ByteBuf in) {
            int what = in.readByte();
            if (what == 'r') {
                throw new IllegalStateException("planted: received");
            }
            if (what == 'e') {
                throw new StackOverflowError("planted");
            }
        }

        @Override
        public void writable() {
            throw new IllegalStateException("planted: writable");
        }

        @Override
        public void closed() {
            throw new IllegalStateException("planted: closed");
        }
    }
}

package io.sluice.net.internal.udp;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.Association;
import io.sluice.api.net.AssociationHandler;
import io.sluice.api.net.DatagramProtocol;
import io.sluice.api.net.Snapshot;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** A datagram is "key:words". "hello" makes its sender the peer, "three" is answered by three datagrams in one buffer; all else by "version count words". "new" is a newcomer's key. */
final class CountProtocol implements DatagramProtocol {
    final String version;
    final AtomicBoolean movable = new AtomicBoolean(true);
    final AtomicInteger closed = new AtomicInteger();

    CountProtocol(String version) {
        this.version = version;
    }

    @Override
    public String key(ByteBuf datagram) {
        String text = datagram.toString(StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return colon < 0 ? null : text.startsWith("new:") ? "" : text.substring(0, colon);
    }

    @Override
    public AssociationHandler open(Association association) {
        return new Handler(association, 0);
    }

    @Override
    public AssociationHandler resume(Association association, Snapshot snapshot) {
        return new Handler(association, snapshot.number("count"));
    }

    private final class Handler implements AssociationHandler {
        private final Association association;
        private long count;

        Handler(Association association, long count) {
            this.association = association;
            this.count = count;
        }

        @Override
        public void received(ByteBuf datagram, InetSocketAddress from) {
            String text = datagram.toString(StandardCharsets.UTF_8);
            String words = text.substring(text.indexOf(':') + 1);
            if (words.equals("hello")) {
                association.move();
            }
            if (words.equals("three")) {
                association.send(bytes("aaaabbbbcc"), 4);
            } else if (from.equals(association.remote())) {
                association.write(bytes(version + " " + ++count + " " + words));
            } else {
                association.answer(bytes("who are you"));
            }
        }

        private ByteBuf bytes(String text) {
            return Unpooled.directBuffer().writeBytes(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public void writable() {
            // nothing waits
        }

        @Override
        public void closed() {
            closed.incrementAndGet();
        }

        @Override
        public Snapshot snapshot() {
            return movable.get() ? Snapshot.of(1).put("count", count).build() : null;
        }
    }
}

package io.sluice.protocol.rtmp.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.sluice.api.net.ConnectionHandler;
import io.sluice.api.net.ProtocolException;
import io.sluice.format.rtmp.Message;
import io.sluice.format.rtmp.Outbox;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Peers that want more of us than they give. */
class HostilePeerTest {
    private final FakeConnection connection = new FakeConnection();
    private final ConnectionHandler handler = open();

    private ConnectionHandler open() {
        return new RtmpProtocol(new FakeStreams(), Configs.with(Map.of()), new WireChoices(4096, 1), connection).open(connection);
    }

    @Test
    void whoDoesNotPublishSendsNoLargeMessage() {
        handler.received(new Wire().connect().bytes);
        ByteBuf large = new Wire().message(6, 0, Message.VIDEO, 1, Unpooled.buffer().writeZero(16_385)).bytes;
        assertTrue(assertThrows(ProtocolException.class, () -> handler.received(large)).getMessage().startsWith("a message of 16385 bytes, at most 16384"));
    }

    @Test
    void whoPublishesDoes() {
        handler.received(new Wire().publish("mine").message(6, 0, Message.VIDEO, 1, Unpooled.buffer().writeByte(0x17).writeByte(1).writeZero(100_000)).bytes);
        assertEquals("publish", connection.role);
    }

    @Test
    void whoTakesNoAnswersMayNotAskForEver() {
        handler.received(new Wire().connect().bytes);
        connection.writable = false;
        assertTrue(assertThrows(ProtocolException.class, () -> {
            for (int i = 0; i < 1000; i++) {
                handler.received(new Wire().command(0, "_checkbw", i).bytes);
            }
        }).getMessage().contains("takes no answers"));
    }

    @Test
    void whoTakesNoAnswersIsSentNoPongs() {
        handler.received(new Wire().connect().bytes);
        connection.writable = false;
        int before = connection.writes;
        handler.received(new Wire().message(2, 0, Message.USER_CONTROL, 0, Unpooled.buffer().writeShort(Outbox.PING_REQUEST).writeInt(7)).bytes);
        assertEquals(before, connection.writes);
    }
}
